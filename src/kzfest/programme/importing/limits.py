"""The limits of what is read from files that anybody may have written."""

LARGEST_IMPORT = 64 * 1024 * 1024
"""Bytes, unpacked. The largest programme found has 3 MB; this is enough for 200,000 entries as iCalendar."""

MOST_ENTRIES = 200_000
"""Entries of one file, and dates of all its rules: a city's events of many years."""

MOST_LINKS = 100
"""Links of one event; more are a list of addresses, not a help for a visitor."""

MOST_PEOPLE = 300
"""Participants of one event."""

MOST_ALIASES = 100
"""Other names of one venue; a file with more has something else there."""

MOST_LEVELS = 64
"""Levels inside each other in JSON; real files have at most 12."""

MOST_COLUMNS = 1_000
"""Columns of a table; the widest export found has 36."""

MOST_LINES_OF_A_ROW = 500
"""Lines of a text file in one row of a table; where there are more, a quotation mark is missing."""

MOST_BROKEN_ROWS = 100
"""Rows whose quotation marks are mended one by one; in a table with more, they mean nothing."""

MOST_MEMBERS = 2_000
"""Files inside a spreadsheet; one with a picture for each of 1,000 speakers has about that many."""

MOST_SHEETS = 500
"""Sheets of a spreadsheet; openpyxl takes a second for 1,000 and half a minute for 4,000."""

LARGEST_SHEETS = 64 * 1024 * 1024
"""Bytes of the unpacked tables of a spreadsheet; 10,000 rows of 20 columns have some 10 MB."""

LARGEST_RATIO = 200
"""Times that a file in a spreadsheet may be larger unpacked than packed; real tables are 5 to 20 times larger."""

SMALL_MEMBER = 1024 * 1024
"""Bytes up to which the ratio does not count: a sheet of equal rows is short and harmless."""

MOST_TAGS = 2_000_000
"""Tags in the sheets of a spreadsheet: some 300,000 cells, which openpyxl reads in ten seconds."""

MOST_OTHER_TAGS = 200_000
"""Tags in its other files, such as formats; Excel itself allows 65,490 formats."""

MOST_MERGED = 100_000
"""Cells that may be merged with the one above, each of which openpyxl makes."""

LARGEST_PAGE = 16 * 1024 * 1024
"""Characters of an HTML page; one with 2,000 events and all its markup has some 5 million."""

MOST_ITEMS = 500_000
"""Items of one page in microdata: a place, a price and people for each of 100,000 events."""

MOST_WORDINGS = 300
"""Values of one property among which there is a text for each language; thousands of events may refer to them."""

MOST_EARLIER_DATES = 10
"""Dates to which an event was announced before it was moved; each of its showings tells all of them."""

LONGEST_SCHEDULE = 2
"""Years for which a schedule of schema.org without an end is written out."""

MOST_DAYS_OF_SCHEDULES = 1_000_000
"""Days that all schedules of a file may span together: a weekly event of a year has 365."""

LARGEST_MAP = 64_000
"""Bytes of a map; those of the known kinds have at most 1,000."""

LONGEST_LIST = 5_000
"""Values of one list in a calendar: the days off of a daily show in ten years."""

LONGEST_RULE = 2_000
"""Characters of a recurrence rule: all days of a year by their numbers."""

MOST_DAYS_SEARCHED = 3_000_000
"""Days that all rules of a file may pass in search of their dates: 200,000 weekly dates, or some 15 seconds."""

YEARS_OF_ENDLESS_RULE = 2
"""Years for which a rule that never ends is written out, if the file has no later date."""
