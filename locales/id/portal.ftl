## The customer's pages.
