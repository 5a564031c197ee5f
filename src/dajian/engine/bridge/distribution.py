"""Which part of a load each girder carries: hinged slabs, a rigid cross-beam, the lever rule, Guyon–Massonnet.

Every function returns (girders, places): the share of each girder in a unit load at each place across the deck.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def lever(girders_m: np.ndarray, places_m: np.ndarray) -> np.ndarray:
    """Simple beams from girder to girder (杠杆原理法); beyond the outer girder they cantilever."""
    n = len(girders_m)
    bay = np.clip(np.searchsorted(girders_m, places_m, side="right") - 1, 0, n - 2)
    right = (places_m - girders_m[bay]) / (girders_m[bay + 1] - girders_m[bay])
    found = np.zeros((n, len(places_m)))
    at = np.arange(len(places_m))
    found[bay, at], found[bay + 1, at] = 1 - right, right
    return found


def rigid(girders_m: np.ndarray, places_m: np.ndarray) -> np.ndarray:
    """A rigid cross-beam (偏心压力法): straight lines over the whole deck. girders_m: about their centre."""
    return 1 / len(girders_m) + np.outer(girders_m, places_m) / (girders_m**2).sum()


def hinged(girders: int, gamma: float) -> np.ndarray:
    """(girder, loaded girder) shares of hinged slabs (铰接板法): the hinges' forces make the joints' deflections agree.

    gamma: 5.8 (I/I_T)(b/L)², deflection of an edge by twist against that by bending.
    """
    joints = girders - 1
    equations = np.zeros((joints, joints))
    for joint in range(joints):
        equations[joint, joint] = 2 * (1 + gamma)
        if joint:
            equations[joint, joint - 1] = equations[joint - 1, joint] = -(1 - gamma)
    step = np.zeros((joints, girders))
    step[np.arange(joints), np.arange(joints)] = 1.0
    step[np.arange(joints), np.arange(joints) + 1] = -1.0
    forces = np.linalg.solve(equations, step)  # from the left slab to the right one
    table = np.eye(girders)
    table[:-1] -= forces
    table[1:] += forces
    return table


def hinged_slabs(girders_m: np.ndarray, gamma: float, places_m: np.ndarray) -> np.ndarray:
    """As `hinged`, straight between the slabs' axes; a load beyond the outer axis presses on the outer slab."""
    return np.array([np.interp(places_m, girders_m, row) for row in hinged(len(girders_m), gamma)])


def guyon_massonnet(girders_m: np.ndarray, theta: float, alpha: float, places_m: np.ndarray) -> np.ndarray:
    """The deck as an orthotropic plate (G-M 法): K_α / n, K_α = K0 + (K1 − K0) √α.

    theta: (B/L)(J_x/J_y)^¼ with 2B = n girders times their spacing. alpha: G(J_Tx + J_Ty) / (2E √(J_x J_y)), 0–1.
    Beyond the plate's edge the deck goes on straight. Source: Guyon 1946, Massonnet 1950, Bareš and Massonnet 1966.
    """
    half = 0.5 * len(girders_m) * float(girders_m[1] - girders_m[0])
    y, e = girders_m / half, places_m / half
    inside = np.clip(e, -1.0, 1.0)
    near = inside - 1e-4 * np.sign(e)  # the slope at the edge
    k = _between(y, inside, theta, alpha)
    slope = (k - _between(y, near, theta, alpha)) / 1e-4
    return (k + slope * (np.abs(e) - np.abs(inside))) / len(girders_m)


def _between(y: np.ndarray, e: np.ndarray, theta: float, alpha: float) -> np.ndarray:
    none, full = torsionless(theta, y, e), isotropic(theta, y, e)
    return none + (full - none) * np.sqrt(alpha)


def torsionless(theta: float, y: np.ndarray, e: np.ndarray) -> np.ndarray:
    """(y, e) K0: deflection at y for a load at e against the mean one, -1 to 1 across a grillage without torsion.

    The cross-section is a beam with free ends on the elastic bedding that the longitudinal beams give it.
    """
    a = np.pi * theta / np.sqrt(2)
    near, far = np.minimum.outer(y, e), np.maximum.outer(y, e)  # the formula is of y <= e; deflections are mutual
    w, up, down = a * (near + 1), a * (1 + far), a * (1 - far)
    sinh, sin, cosh, cos = np.sinh, np.sin, np.cosh, np.cos
    big, small = sinh(2 * a), sin(2 * a)
    level = big * cos(up) * cosh(down) - small * cosh(up) * cos(down)
    turn = big * (sin(up) * cosh(down) - cos(up) * sinh(down)) + small * (sinh(up) * cos(down) - cosh(up) * sin(down))
    return 2 * a / (big**2 - small**2) * (2 * cosh(w) * cos(w) * level + (cosh(w) * sin(w) + sinh(w) * cos(w)) * turn)


def isotropic(theta: float, y: np.ndarray, e: np.ndarray) -> np.ndarray:
    """(y, e) K1: as K0, of a plate alike in both directions, without lateral strain (ν = 0)."""
    s = np.pi * theta
    sinh, cosh = np.sinh(s), np.cosh(s)
    far = s * (1 - np.abs(np.subtract.outer(y, e)))

    def even(x: np.ndarray) -> Any:
        return (s * cosh - sinh) * np.cosh(s * x) - s * x * sinh * np.sinh(s * x)

    def odd(x: np.ndarray) -> Any:
        return (2 * sinh + s * cosh) * np.sinh(s * x) - s * x * sinh * np.cosh(s * x)

    endless = (s * cosh + sinh) * np.cosh(far) - far * sinh * np.sinh(far)
    edges = np.outer(even(y), even(e)) / (3 * sinh * cosh - s) + np.outer(odd(y), odd(e)) / (3 * sinh * cosh + s)
    found: np.ndarray = s / (2 * sinh**2) * (endless + edges)
    return found
