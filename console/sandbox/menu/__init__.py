"""The sandbox's menu: its values, product updates, valid configurations, and prices of toppings.

The data files are read by ``console.sandbox.data``.
"""
