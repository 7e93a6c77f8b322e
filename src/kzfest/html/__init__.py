"""The programme, and a plan, as one HTML file for a phone, a desk and paper."""
