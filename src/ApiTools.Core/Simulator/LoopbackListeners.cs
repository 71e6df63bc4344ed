using System.Net;
using System.Net.Sockets;
using ApiTools.Errors;

namespace ApiTools.Simulator;

/// <summary>Listens on this machine alone: on 127.0.0.1, and on ::1 at the same port where there is IPv6, since localhost may be either.</summary>
internal static class LoopbackListeners
{
    private const int Backlog = 512;

    // A free port of IPv4 may be taken on IPv6; another free one seldom is too.
    private const int Attempts = 16;

    /// <summary>Opens the listeners.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="ApiSimulatorException">port_in_use: the port is taken, or may not be had.</exception>
    public static (int Port, IReadOnlyList<Socket> Listeners) Open(int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            Socket? first = null;
            try
            {
                first = Listen(IPAddress.Loopback, port);
                int taken = ((IPEndPoint)first.LocalEndPoint!).Port;
                return (taken, Socket.OSSupportsIPv6 && TryListenIPv6(taken) is Socket second ? [first, second] : [first]);
            }
            catch (SocketException exception)
            {
                first?.Dispose();
                if (port != 0 || attempt == Attempts)
                {
                    throw ApiErrors.PortInUse(port, exception);
                }
            }
        }
    }

    // Null where this machine has no ::1; a port that is taken there is the caller's affair.
    private static Socket? TryListenIPv6(int port)
    {
        try
        {
            return Listen(IPAddress.IPv6Loopback, port);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return null;
        }
    }

    private static Socket Listen(IPAddress address, int port)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
