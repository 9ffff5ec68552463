"""Loading of the menu from the data files: products, toppings, pizzas, deals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from console.sandbox.data.data_loader import DataError, TomlTable, load_data_file
from console.sandbox.menu.configuration import configure, default_parts
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.dayparts import Daypart, parse_daypart
from console.sandbox.menu.menu import (
    CRUST,
    SIZE,
    STRENGTH,
    ZERO,
    Menu,
    MenuBundle,
    MenuBundleItem,
    MenuCategory,
    MenuDeal,
    MenuDealSlot,
    MenuGroup,
    MenuProduct,
    MenuProductKind,
    MenuVariant,
)
from console.sandbox.pricing.rules import PricingRules, price_part
from console.sandbox.responses import RefusalError

BASES = "CU00357457"
TOPPINGS = "CU00357497"


@cache
def load_menu() -> Menu:
    """Load the menu of the data files.

    Raises:
        DataError: a file is not TOML, lacks a key, or names what is not there.
    """
    plain, toppings, pizzas, deals = (
        load_data_file(name) for name in ("products.toml", "toppings.toml", "pizzas.toml", "deals.toml")
    )
    categories = {table.text("id"): _category(table) for table in plain.tables("category")}
    kinds = {table.integer("id"): _kind(table) for table in toppings.tables("topping")}
    bundles: dict[int, MenuBundle] = {}
    products: list[MenuProduct] = []
    for table in pizzas.tables("pizza"):
        base, pizza, bundle = _pizza(table, prices=pizzas, kinds=kinds)
        products += [pizza, base]
        bundles[bundle.product_id] = bundle
    products += [_product(table) for table in plain.tables("product")]
    products += [_deal_product(table) for table in deals.tables("deal")]
    products += [_topping(table, prices=toppings) for table in toppings.tables("topping")]
    menu = Menu(
        categories=categories,
        products=_by_id(products),
        bundles=bundles,
        deals={table.integer("id"): _deal(table) for table in deals.tables("deal")},
        by_variant={variant.variant_id: variant for product in products for variant in product.variants},
        by_sku={product.sku.casefold(): product.product_id for product in products},
        properties=_properties(products),
    )
    _check(menu)
    return _with_composite_prices(menu)


def _with_composite_prices(menu: Menu) -> Menu:
    """Return the menu with the prices of pizzas and deals filled in."""
    products = dict(menu.products)
    for product_id in (*menu.bundles, *menu.deals):
        default_part = ConfiguredPart(product_id, parts=default_parts(menu, product_id))
        amount = price_part(menu, default_part, PricingRules()).unit_price
        products[product_id] = replace(products[product_id], price=amount)
    return replace(menu, products=products)


def _check(menu: Menu) -> None:
    for product in menu.products.values():
        if product.category_id not in menu.categories:
            raise DataError(f"{product.title}: there is no category {product.category_id}")
    for deal in menu.deals.values():
        for slot in deal.slots:
            named = {*slot.choices, *(product_id for product_id, _ in slot.default)}
            if not named <= menu.products.keys() or any(i not in slot.choices for i, _ in slot.default):
                raise DataError(f"deal {deal.product_id}, {slot.title}: a choice is not on the menu")
    for product_id in (*menu.bundles, *menu.deals):
        try:
            configure(menu, ConfiguredPart(product_id, parts=default_parts(menu, product_id)))
        except RefusalError as refusal:
            raise DataError(f"{menu.products[product_id].title}: {refusal}") from refusal


def _category(table: TomlTable) -> MenuCategory:
    return MenuCategory(table.text("id"), table.text("name"), table.flag("listed", default=True))


def _product(table: TomlTable) -> MenuProduct:
    product_id, sku, price = table.integer("id"), table.text("sku"), table.amount("price")
    variants: list[MenuVariant] = []
    for row in table.tables("variants"):
        value, amount = row.text("value"), row.amount("price")
        options = ((table.text("option"), value),)
        variants.append(
            MenuVariant(
                variant_id=row.integer("id"),
                product_id=product_id,
                sku=row.text("sku", _variant_sku(sku, options)),
                options=options,
                price=amount,
                list_price=row.amount("list_price", amount),
                barcode=row.text("barcode", ""),
            )
        )
    return MenuProduct(
        product_id=product_id,
        title=table.text("title"),
        sku=sku,
        kind=MenuProductKind.NORMAL,
        category_id=table.text("category"),
        price=price,
        list_price=table.amount("list_price", price),
        description=table.text("description", ""),
        tags=table.texts("tags", ()),
        barcode=table.text("barcode", ""),
        active=table.flag("active", default=True),
        staple=table.flag("staple", default=False),
        modes=table.texts("modes", ("H", "S")),
        variants=tuple(variants),
    )


@dataclass(frozen=True, slots=True)
class _ToppingKind:
    """The group of a topping, and True in ``whole_only`` if it goes on the whole pizza only."""

    name: str
    whole_only: bool


def _kind(table: TomlTable) -> _ToppingKind:
    return _ToppingKind(table.text("kind"), table.flag("whole_only", default=False))


def _topping(table: TomlTable, *, prices: TomlTable) -> MenuProduct:
    product_id, sku = table.integer("id"), table.text("sku")
    by_size = prices.table("price").table(table.text("price"))
    by_strength = prices.table("list_price").amounts(table.text("price"))
    variants: list[MenuVariant] = []
    sizes = table.table("variants")
    for size in sizes.keys:
        strengths, amounts = sizes.table(size), by_size.amounts(size)
        for strength in strengths.keys:
            options = ((STRENGTH, strength), (SIZE, size))
            variants.append(
                MenuVariant(
                    variant_id=strengths.integer(strength),
                    product_id=product_id,
                    sku=_variant_sku(sku, options),
                    options=options,
                    price=amounts[strength],
                    list_price=by_strength[strength],
                )
            )
    return MenuProduct(
        product_id=product_id,
        title=table.text("title"),
        sku=sku,
        kind=MenuProductKind.ADD_ON,
        category_id=TOPPINGS,
        price=ZERO,
        list_price=ZERO,
        staple=True,
        variants=tuple(variants),
    )


def _pizza(
    table: TomlTable, *, prices: TomlTable, kinds: Mapping[int, _ToppingKind]
) -> tuple[MenuProduct, MenuProduct, MenuBundle]:
    product_id, base_id, sku = table.integer("id"), table.integer("base"), table.text("sku")
    by_crust = prices.table("price").table(table.text("price"))
    list_by_crust = prices.table("list_price").table(table.text("price"))
    variants: list[MenuVariant] = []
    crusts = table.table("variants")
    for crust in crusts.keys:
        sizes, amounts, lists = crusts.table(crust), by_crust.amounts(crust), list_by_crust.amounts(crust)
        for size in sizes.keys:
            options = ((CRUST, crust), (SIZE, size))
            variants.append(
                MenuVariant(
                    variant_id=sizes.integer(size),
                    product_id=base_id,
                    sku=_variant_sku(sku, options),
                    options=options,
                    price=amounts[size],
                    list_price=lists[size],
                )
            )
    default_options = tuple(zip((CRUST, SIZE), table.texts("default"), strict=True))
    default = next((variant for variant in variants if variant.options == default_options), None)
    if default is None:
        raise DataError(f"{table.text('title')}: the default base is not among its variants")
    base = MenuProduct(
        product_id=base_id,
        title=table.text("title"),
        sku=f"{sku}-BASE",
        kind=MenuProductKind.ADD_ON,
        category_id=BASES,
        price=default.price,
        list_price=default.list_price,
        staple=True,
        variants=tuple(variants),
    )
    pizza = MenuProduct(
        product_id=product_id,
        title=base.title,
        sku=sku,
        kind=MenuProductKind.BUNDLE,
        category_id=table.text("category"),
        price=ZERO,
        list_price=default.list_price,
        description=table.text("description", ""),
        tags=table.texts("tags", ()),
        staple=table.flag("staple", default=False),
    )
    bundle = MenuBundle(
        product_id=product_id,
        base_id=base_id,
        base_group=table.integer("group"),
        default_base=default.variant_id,
        items=_bundle_items(table, kinds),
        groups=_groups(table, limits=prices.table("limits")),
    )
    return base, pizza, bundle


def _groups(table: TomlTable, *, limits: TomlTable) -> dict[int, MenuGroup]:
    """Return the groups of a pizza, the base's first, with its own limits or the defaults."""
    base, kinds = table.integer("group"), table.table("groups")
    groups = {base: MenuGroup(base, "Base", minimum=1, maximum=1)}
    for kind in kinds.keys:
        group_id = kinds.integer(kind)
        groups[group_id] = MenuGroup(
            group_id,
            kind.capitalize(),
            minimum=_limit("minimum", kind, table, limits) or 0,
            maximum=_limit("maximum", kind, table, limits),
            free_count=_limit("free", kind, table, limits) or 0,
        )
    return groups


def _limit(name: str, kind: str, *tables: TomlTable) -> int | None:
    """Return the limit from the first table that has one for a kind of topping, ``None`` without any."""
    found = (table.table(name) for table in tables if table.table(name).has(kind))
    limit = next(found, None)
    return None if limit is None else limit.integer(kind)


def _bundle_items(table: TomlTable, kinds: Mapping[int, _ToppingKind]) -> dict[int, MenuBundleItem]:
    """Return the toppings of a pizza: the default ones in the order of its file, then all others."""
    included, charged = table.integers("included"), table.integers("charged", ())
    groups = table.table("groups")
    items: dict[int, MenuBundleItem] = {}
    for topping in (*included, *charged, *kinds):
        if topping not in kinds:
            raise DataError(f"{table.text('title')}: there is no topping {topping}")
        items.setdefault(
            topping,
            MenuBundleItem(
                product_id=topping,
                group_id=groups.integer(kinds[topping].name),
                is_default=topping in included or topping in charged,
                included_price=ZERO if topping in included else None,
                whole_only=kinds[topping].whole_only,
            ),
        )
    return items


def _deal_product(table: TomlTable) -> MenuProduct:
    return MenuProduct(
        product_id=table.integer("id"),
        title=table.text("title"),
        sku=table.text("sku"),
        kind=MenuProductKind.DEAL,
        category_id=table.text("category"),
        price=table.amount("price"),
        list_price=table.amount("list_price"),
        description=table.text("description", ""),
        tags=table.texts("tags", ()),
        staple=True,
    )


def _deal(table: TomlTable) -> MenuDeal:
    slots = tuple(
        MenuDealSlot(
            group_id=slot.integer("group"),
            title=slot.text("title"),
            default=slot.pairs("default"),
            choices=slot.integers("choices"),
            base_prices=slot.amounts("prices"),
            extra_prices={int(product_id): amount for product_id, amount in slot.amounts("extra").items()},
        )
        for slot in table.tables("slot")
    )
    return MenuDeal(
        product_id=table.integer("id"),
        price=table.amount("price"),
        slots=slots,
        minimum_price=table.amount("floor", ZERO),
        hours=_hours(table),
    )


def _hours(table: TomlTable) -> Daypart | None:
    if not table.has("hours"):
        return None
    try:
        return parse_daypart(table.text("hours"))
    except ValueError as error:
        raise DataError(f"{table.text('title')}: hours are written as 11:00-15:00") from error


def _variant_sku(sku: str, options: Iterable[tuple[str, str]]) -> str:
    return "-".join((sku, *(value.upper().replace(" ", "") for _, value in options)))


def _properties(products: Iterable[MenuProduct]) -> dict[str, tuple[str, ...]]:
    values: dict[str, dict[str, None]] = {}
    for product in products:
        for variant in product.variants:
            for name, value in variant.options:
                values.setdefault(name, {})[value] = None
    return {name: tuple(texts) for name, texts in values.items()}


def _by_id(products: Iterable[MenuProduct]) -> dict[int, MenuProduct]:
    by_id: dict[int, MenuProduct] = {}
    for product in products:
        if product.product_id in by_id:
            raise DataError(f"{product.title}: the id {product.product_id} is taken")
        by_id[product.product_id] = product
    return by_id
