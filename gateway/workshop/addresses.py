"""Under which addresses phones in the room can reach this machine.

Asked of the machine again each time: a laptop that slept may wake up in another network. No packet
is sent. An address of the room's own network comes first.
"""

import contextlib
import ipaddress
import socket
import struct

from gateway.hosts import own_names

SIOCGIFADDR = 0x8915  # Linux: the address of a network interface
OUTWARD = "192.0.2.1"  # an address for documentation; connecting a datagram socket sends nothing


def own_addresses() -> list[str]:
    """This machine's IPv4 addresses that others can reach, likeliest first."""
    found = [name for name in dict.fromkeys([*_outward(), *_interfaces()]) if _reachable(name)]
    # Asking by name may wait for a network that is not there.
    return found or [name for name in sorted(own_names()) if _reachable(name)]


def _outward() -> list[str]:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((OUTWARD, 9))
        return [str(probe.getsockname()[0])]
    return []


def _interfaces() -> list[str]:
    """Every interface's address where the system tells: a hotspot's laptop has no way out."""
    try:
        import fcntl
    except ImportError:
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):
                asked = struct.pack("256s", name.encode()[:15])
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, asked)
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _reachable(name: str) -> bool:
    try:
        address = ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return address.is_private and not address.is_loopback
