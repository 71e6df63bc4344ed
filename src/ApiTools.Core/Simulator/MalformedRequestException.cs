namespace ApiTools.Simulator;

/// <summary>What came is no HTTP request that can be read on from: it is answered, and the connection is closed.</summary>
internal sealed class MalformedRequestException(int status, string message) : Exception(message)
{
    /// <summary>The status to answer with.</summary>
    public int Status { get; } = status;
}
