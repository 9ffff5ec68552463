"""Generate menus of any size from a seed: dishes, drinks and groceries with SKUs and barcodes."""

from decimal import Decimal
from random import Random

from console.ordering.catalogue import Catalogue, Product

LOCATION = 27299
SEEN_AT = 1_700_000_000.0


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DISHES = {
    "Pizza": ("Pizza", "Calzone", "Focaccia", "Flatbread", "Pan Pizza", "Stuffed Crust"),
    "Burgers": ("Burger", "Cheeseburger", "Slider", "Sandwich", "Wrap", "Hotdog"),
    "Pasta": ("Spaghetti", "Penne", "Lasagne", "Ravioli", "Fettuccine", "Cannelloni"),
    "Salads": ("Salad", "Slaw", "Tabbouleh", "Fattoush", "Bowl"),
    "Sides": ("Fries", "Wedges", "Nuggets", "Wings", "Onion Rings", "Breadsticks", "Potato Skins"),
    "Desserts": ("Cake", "Brownie", "Cheesecake", "Kunafa", "Sundae", "Pudding", "Muffin"),
    "Drinks": ("Cola", "Lemonade", "Iced Tea", "Smoothie", "Milkshake", "Mineral Water", "Coffee"),
    "Groceries": ("Rice", "Olive Oil", "Biscuits", "Yoghurt", "Cereal", "Juice", "Tea Bags"),
}
_STYLES = _words(
    """
    Margherita Pepperoni Vegetarian Supreme Hawaiian Napolitana Quattro Diavola Capricciosa Marinara
    Texan Mexican Greek Turkish Lebanese Kuwaiti Indian Tandoori Szechuan Korean Cajun Tuscan
    Sicilian Classic Royal Double Triple Crispy Smoked Grilled Roasted Spicy Sweet Creamy Golden
    Loaded Garden Country Farmhouse Original Premium Signature Family Junior Mighty Ultimate
    Homemade Organic Light
    """
)
_INGREDIENTS = _words(
    """
    Chicken Beef Lamb Turkey Salami Tuna Shrimp Salmon Anchovy Halloumi Mozzarella Cheddar Feta
    Parmesan Gorgonzola Ricotta Mushroom Olive Onion Tomato Capsicum Jalapeno Pineapple Sweetcorn
    Spinach Rocket Artichoke Aubergine Courgette Asparagus Avocado Cucumber Garlic Basil Oregano
    Coriander Mint Ginger Truffle Pesto Barbecue Ranch Tahini Hummus Chilli Paprika Saffron Cinnamon
    Vanilla Chocolate Caramel Strawberry Raspberry Blueberry Mango Banana Coconut Pistachio Almond
    Hazelnut Walnut Date Honey Lemon
    """
)
_SIZES = ("", "", "", "Small", "Medium", "Large", "330 ml", "500 g", "1 l", "6 pieces", "Sharing")
_SYLLABLES = _words(
    """
    ba be bi bo ca co da de di do fa fe ga go ha jo ka ki la le li lo ma me mi mo na ne ni no pa pe
    ra re ri ro sa se si so ta te ti to va vi wa ya za
    """
)


def menu(count: int, seed: int = 1, *, location_id: int = LOCATION) -> Catalogue:
    """Generate ``count`` products; the same seed gives the same menu."""
    random = Random(seed)
    brands = [_brand(random) for _ in range(min(3000, count // 10 + 10))]
    return Catalogue(location_id, tuple(_product(number, brands, random) for number in range(count)), SEEN_AT)


def _brand(random: Random) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(random.randint(2, 4))).capitalize()


def _product(number: int, brands: list[str], random: Random) -> Product:
    # Few dishes, many products: on a real menu many brands sell the same dish.
    category = random.choices(tuple(_DISHES), weights=(20, 12, 10, 6, 10, 10, 16, 16))[0]
    dish = random.choice(_DISHES[category])
    words = [random.choice(_STYLES), *random.sample(_INGREDIENTS, random.randint(1, 2)), dish]
    if random.random() < 0.4:
        words.insert(0, random.choice(brands))
    if size := random.choice(_SIZES):
        words.append(size)
    price = Decimal(random.randint(100, 12000)) / 1000
    return Product(
        product_id=10_000_000 + number,
        title=" ".join(words),
        sku=f"{category[:2].upper()}-{dish[:4].upper().strip()}-{number:06}",
        category_id=f"C{list(_DISHES).index(category):03}",
        category=category,
        price=price,
        list_price=price,
        stock=random.randint(0, 200),
        barcode=f"54{random.randrange(10**11):011}" if random.random() < 0.7 else "",
        description=f"{words[0]} {dish} of {words[1].lower()}",
    )
