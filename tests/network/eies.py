"""Freeman's EIES messages (Freeman & Freeman 1979): who sent messages to whom among 32 researchers.

Directed, unweighted, loops kept as in the data; tie list as in the file EIES-messages.gml of the public
repository FourquetDavid/morphogenesis_network, which has the data from UCINET.
"""

import numpy as np
from scipy.sparse import csr_array

_ALL = range(32)


def _but(*left_out: int) -> list[int]:
    return [number for number in _ALL if number not in left_out]


SENT: dict[int, list[int]] = {
    0: list(_ALL),
    1: _but(5, 18, 23),
    2: [0, 1, 7],
    3: [0, 1, 3, 5, 7, 8, 9, 10, 15, 16, 17, 18, 23, 26, 27, 28, 29, 30, 31],
    4: _but(4, 19, 25, 27),
    5: [0, 1, 3, 5, 7, 9, 10, 14, 15, 16, 23, 26, 27, 28, 29, 30],
    6: [0, 30],
    7: _but(12, 13, 14, 20, 24, 27),
    8: [0, 1, 3, 7, 8, 10, 12, 16, 26, 28, 30, 31],
    9: [0, 1, 3, 5, 7, 9, 10, 11, 15, 16, 18, 19, 21, 22, 23, 25, 26, 28, 29, 30, 31],
    10: [0, 1, 3, 5, 6, 7, 8, 9, 10, 12, 15, 16, 17, 20, 23, 24, 25, 26, 28, 30, 31],
    11: [1, 7, 11, 18, 28, 30, 31],
    12: [0, 10, 30],
    13: [0, 2, 13, 15, 18, 28, 30],
    14: [0, 5, 11, 14, 26, 28, 30],
    15: [0, 1, 3, 7, 9, 10, 13, 15, 16, 20, 23, 28, 30],
    16: [0, 1, 2, 3, 5, 7, 9, 10, 11, 13, 15, 19, 20, 26, 28, 29, 30, 31],
    17: [0, 1, 2, 3, 7, 9, 10, 17, 26, 28, 29, 30],
    18: [0, 1, 3, 7, 13, 18, 22, 30],
    19: [20, 28],
    20: [0, 10, 15, 28],
    21: [0, 23, 28, 31],
    22: [0, 1, 2, 9, 18, 28, 30],
    23: list(_ALL),
    24: [0, 1, 13, 21, 23, 24, 29, 30],
    25: [0, 1, 9, 28, 30],
    26: [0, 1, 3, 7, 8, 9, 10, 12, 14, 16, 17, 23, 27, 28, 30, 31],
    27: [0, 1, 5, 27, 31],
    28: _but(6, 24, 27),
    29: [0, 1, 3, 4, 5, 7, 9, 11, 16, 17, 26, 28, 29, 30, 31],
    30: _but(30),
    31: [0, 1, 3, 4, 7, 8, 9, 10, 11, 16, 21, 23, 26, 27, 28, 29, 30, 31],
}

DISCIPLINE = [
    {
        **dict.fromkeys((1, 7, 8, 12, 29, 31), "anthropology"),
        **dict.fromkeys((2, 4, 5, 6, 16, 30), "psychology"),
        **dict.fromkeys((15, 20, 26), "statistics"),
    }.get(number, "sociology")
    for number in _ALL
]

"""Main disciplines in the four classes of Wasserman & Faust (1994), "other" being psychology and communication.

The tie list has no disciplines, and a list that circulates with it puts the statisticians 20 and 26 one place
later, which gives other roles. This coding gives `ROLES`, ten printed numbers, to the unit, and no change of
three researchers or fewer in that list does; that it is the coding behind them is inferred from this.
"""

OPEN_PATHS = [498, 325, 3, 72, 36, 40]
"""All five roles together of the first six researchers, as printed (column Total) in the reference of the R
package netrics, node_x_brokerage(ison_networkers, "Discipline"), which calls sna's brokerage."""

ROLES = {0: (137, 28, 123, 138, 72), 1: (5, 113, 45, 46, 116)}
"""The five roles of the first two researchers (Lin Freeman, Doug White) as printed in the same place: sna's
w_I, w_O, b_IO, b_OI, b_O, which sna documents as coordinator, itinerant broker, representative, gatekeeper and
liaison; netrics heads the third and fourth the other way round."""

BETWEEN_GROUPS = [333, 207, 3]
"""Open paths of the first three researchers between two disciplines, as the tests of netrics state them
(test-motif_brokerage.R, node_by_brokering_activity)."""


def messages() -> csr_array:
    """Return the adjacency, sender × receiver, unweighted."""
    matrix = np.zeros((32, 32))
    for sender, receivers in SENT.items():
        matrix[sender, receivers] = 1
    return csr_array(matrix)
