"""A clumsy colleague: what people do to a workbook, a thousand times and in every mixture, and what must come of it."""
