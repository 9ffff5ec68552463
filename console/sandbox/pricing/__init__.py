"""What the sandbox charges: the prices in force, toppings and halves, promotions and vouchers.

Its own code over its own data, so that a console's estimate and the echo check each other.
"""
