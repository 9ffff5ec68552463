"""What each documented parameter is, in a few words, and the kind of its value. Needed by the shell only."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Kind(StrEnum):
    """Kind of a parameter's value; the text is said to the one who typed it."""

    TEXT = "text"
    INT = "a whole number"
    AMOUNT = "a number"
    BOOL = "true or false"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of a parameter. ``text`` is empty for one that is not in the table."""

    kind: Kind
    text: str


_KINDS = {"t": Kind.TEXT, "i": Kind.INT, "a": Kind.AMOUNT, "b": Kind.BOOL, "j": Kind.JSON}

# One row each: name in lower case, kind, meaning. The documents spell some names in several ways.
_TABLE = """
accesstoken t the token of the customer's session
activestatus b true for active promotions only
activityhistory b true to include what was done with the order
address1 t the street, with the house
address2 t what the first line has no room for
addresstype t the kind of address, such as Home
alttext t the text shown in place of the picture
apisessionrequired t true to leave the one-time password out of the answer
apiversion t the version of this operation, such as 1
attributeid t the attribute's id
attributevalue t the attribute's new value
availability t Y for available products, N for others; or active
availibility t Active, or All
backorder t Y if it may be ordered while out of stock
bankinstrumentnumber t the number of the cheque or transfer
bankname t the bank's name
bankproductid t the id of the product's source
barcode t the product's bar code; several are separated by commas
billaddress t the street of the bill's address
billaddress1 t the second line of the bill's address
billcity t the city of the bill's address
billcountry t the country of the bill's address
billcountrycode t its two letters, such as KW
billingaddress j the bill's address
billlastname t the last name on the bill
billmobile t the mobile number on the bill
billmobilecode t the country code of that number
billstate t the state of the bill's address
billtelephone t the telephone number on the bill
billtelephonecode t the area code of that number
billzip t the postal code of the bill's address
brand t the brand's name
brandid t the brand's id
buyingweight a the weight that is bought
cancelreason t the code of the reason, as locations.reason_codes lists them
cartid t the cart's id
cartreferencekey t the key of a cart line; zeros for a new line
catagoryid t the category's id
catalogcode t the catalogue's code
catalogsequence i the place in the catalogue
category t the category's name or id
categoryid t the category's id
categoryrefcode t the category's reference code
categoryreference t the category's reference code
cateogryid t the category's id
channelrefcode t the code of the channel with its own prices
channeltype t the channel through which the order comes
checkouttype t the way to pay
checkoutwithtokenprice t Y if a part of the price is enough to reserve it
childitem j the parts of a bundle or deal
city t the city's code
citycode t the city's code
cityid i the city's id, as locations.delivery_cities lists them
cityname t the city's name
clearcart b true to empty the cart afterwards
comment t a comment on what is done
communicationtype t SMS or EMAIL
costprice a what the merchant pays for it
country t the country's two letters, such as KW
countrycode t the country's two letters, such as KW
countryname t the country's name
currency t the location's currency, such as KWD
date t the day and time of it
datefrom t the first day
dateto t the last day
datetype t what the days are of: OD for the order, SD for the shipment
deepzoom t the file for zooming
deliveryarea t the name of a delivery area, or its beginning
deliveryareaid t the delivery area's id, as locations.delivery_areas lists them
deliverydate t the day of the delivery
deliverymode t H for home delivery, S for pickup
deliveryoptioninstorepickup t Y if it may be collected
deliveryoptionoffline t Y if it may be ordered by telephone
deliveryoptiononline t Y if it is delivered as a file
deliveryoptionship t Y if it may be shipped
deliveryslotid i the delivery slot's id, as carts.slots lists them
deliverytime t how long the delivery takes, for the product's page
delverymode t H for home delivery, S for pickup
demandeddeliverydate t when the customer wants it, MM-DD-YYYY HH:MM:SS
displaycommenttouser b true to show the comment to the customer
documents j the product's documents
email t the e-mail address, or a part of it in a search
emailid t the customer's e-mail address
enddate t the last day on which it is shown
endtime t the time of day at which it ends
entityfieldid i the order attribute's id
entityfieldname t the order attribute's name
entityfieldvalueid t the id of the attribute's value
externalcouponmapped b true for promotions with coupons of another system
filename t the file's name
firstname t the first name
formcode t the code of the product's form
fristname t the customer's first name
fromdate t the first day
fromorder i the first order number
fulfillmentservicerefcode t the code of the service that delivers it
gatewayid i the id of the payment gateway
gender t M or F
groupid i the id of the group that the part is in
hasvouchers b true for promotions with a voucher
hideprice t Y to show no price
http_method t GET or POST
images j the pictures
inventory t how many there are
isdefault b true for what is included by default only
isgolive b true to show it at once
ismandatory b true if every order needs it
ispickupshippingmode b true for pickup, false for delivery
ispredefined b true if its values are a fixed list
isreceiveoffers b true if the customer wants to receive offers
isselected b true if this value is chosen
isshippingaddressdifferent b true if it is delivered to another address than the bill's
item j the lines
keyword t words to look for
keyworddescription t the description for search engines
keywords t the words for search engines
languagecode t the language of the texts, such as en
largeimage t the file of the large picture
largeimagealttext t the text shown in its place
lastname t the last name
latitude t the latitude of the place to be near
lbh t length, breadth and height
limit i the most results
locationbased t Y if each location has stock of its own
locationcode t the location's code
locationid i the location's id, as locations.search lists them
locationrefcode t the location's code
locationreferencecode t the location's code
loginid t the user name at the third party
longitude t the longitude of the place to be near
lstomsentityfieldvalues j the values of the order attribute
maximumorderquantity i the most of it in one order
message t the text of the review
minimumorderquantity i the least of it in one order
mobile t the mobile number, or a part of it in a search
mobileno t the mobile number
modelnumber t the product's model number
mpn t the manufacturer's number of it
mrp a the list price
newpassword t the new password
nonce t a word that is used once, from oauth.nonce
offerproductdescription t the file about the offer
offerproductimage t the picture of the offer
oldpassword t the password so far
operatorid t the operator's id, as customers.agent_login returns it
orderattributes j the order attributes
orderdeliverytype t H for delivery, T for takeaway
orderfieldchangehistory b true to include what was changed in the order
orderid i the order's number
orderids t the orders' numbers, separated by commas
orderitemid i the number of an order line; 0 for all
orderno t the order's number
orderpricefrom a the least total
orderpriceto a the highest total
orderreferenceno t the order's reference number
orderstatus t the status, such as P for pending, A for authorised
otp t the one-time password
otptoken t the token that carts.send_otp returned
outputfield t the fields wanted of each store, separated by commas
pagenumber i the page, from 1
pagesize i the results of a page
parentproductid i the id of the product whose variants are meant
password t the account's password
paymentoption t the way to pay, as carts.payment_options lists them
paymentoptionbanktransfer t Y if it may be paid by bank transfer
paymentoptionchequeordd t Y if it may be paid by cheque
paymentoptioncod t Y if it may be paid on delivery
paymentoptiononline t Y if it may be paid online
paymenttype t the kind of payment, such as COD
periodicityrange t the days on which it is shown
periodicitytype t the interval in which it is shown
pgresponse t the answer of the payment gateway
phoneno t the telephone number
pin t the postal code
pincode t the postal code
pkgqty i how many are sold together
portion t W for the whole, L for the left half, R for the right half
postid t the review's id
preferredlanguage t the customer's language, such as en
preorder t Y if it may be ordered before it is there
price a the price of one
productcondition t New or Used
productdescription t the product's long description
productid i the product's id
productids t the products' ids, separated by commas
productnote t a note for the merchant
productsku t the product's SKU
producttag t the tag's name
producttitle t the product's title
producttype t P for a product, A for an add-on, B for a bundle, D for a deal
productweight a the product's weight
profileattributeid t the attribute's id
profileattributevalue t the attribute's value
profileid t the customer's id at the third party
promotiondetails b true to show what each promotion takes off
promotionruleid i the promotion's id
promotiontype t cart or catalogue
provider t the third party, such as google
public_key t the application's public key
publickey t the application's public key
purchasedate t when it was bought, for a used product
quantity i how many
recordfrom i the first row, from 1
recordto i the last row
referenceno t the order's new reference number
reservequantity i how many are kept back
resetid t the id in the link that customers.reset_password sent
resettype t mobile or email
roleid t the role's id
searchtype t CreateDate or UserName
secret_key t the application's secret
selectedvalue t the value that was chosen
seoinfo t the text for search engines
seourl t the address for search engines
sequence i the place in the list
shipcity t the code of the city it goes to
shipcountry t the two letters of the country it goes to
shipdatefrom t the first day of the shipment
shipdateto t the last day of the shipment
shiplastname t the last name at the door
shippingaddress j the address it goes to
shippingaddressid i the address's id; 0 for a new one
shippingcode t the code of the shipping charge
shippingcostfrom a the least shipping charge
shippingcostto a the highest shipping charge
shippingmodeid i the id of the shipping mode
shipstate t the code of the state it goes to
shiptelephone t the telephone number at the door
shortdescription t the product's short description
showexpired t Y to show it after its last day
skipdeliveryareavalidation b true to check that the store delivers there
sku t the product's SKU
smallimage t the file of the small picture
smallimagealttext t the text shown in its place
startdate t the first day on which it is shown
starttime t the time of day at which it begins
state t the state's code
statecode t the state's code, as store.states lists them
statename t the state's name
status t A adds a line, D deletes it; of an order, its status
stdproductcode t the number of the product in a standard
stdproducttype t the standard, such as UPC
stock t how many there are, or NA
stockalertquantity i the stock at which the merchant gets a warning
stockavailablemessage t what is said when it is out of stock
store t the store's code, or all
subscribetooffers b true if the customer wants to receive offers
swatchimages j the small pictures of a colour
tag t the tag's name
taskid i the id of the task, as an update returned it
taxcode t the code of the tax
thumbnail t the file of the smallest picture
timestamp i the time in seconds, from oauth.timestamp
title t the title
tobecancelledorderitems j the lines to cancel, each with OrderItemID and CancelQuantity
todate t the last day
token t the token that the third party issued
tokenprice a what is paid to reserve it
transaction b true to place it as a whole or not at all
type t the kind of it
uom t the unit of the weight, such as kgs
url t the address
usergroupid i the customer group's id
userid t the customer's id
username t the user name, or the beginning of it in a search
value t the new value
variantproductid i the variant's id; 0 for none
variantproductsku t the variant's SKU
variantproperty t what tells variants apart, such as Size
variantsku t the variant's SKU
variantvalue t which one it is, such as Large
varientproductids t the variants' ids, separated by commas
varproductid i the variant's id; 0 for none
vendor t the vendor's name
vendorsku t the vendor's SKU
videos j the product's videos
view360 j the pictures from all sides
viewport t the side that the picture shows, such as Front
vouchercode t the voucher's code
warrantybearer t who gives the warranty
warrantyinmonths i the months of the warranty
webprice a the price
withrewards b true to include loyalty points
zipcode t the postal code
zoom t the file of the largest picture
"""


@cache
def _meanings() -> dict[str, Meaning]:
    rows = (line.split(" ", 2) for line in _TABLE.strip().splitlines())
    return {name: Meaning(_KINDS[kind], text) for name, kind, text in rows}


def meaning_of(name: str) -> Meaning:
    """Return the meaning of a parameter, by its name in any case."""
    return _meanings().get(name.casefold(), Meaning(Kind.TEXT, ""))
