"""Forms made from declared fields: one part for each shape of value, and the form that lays them out."""
