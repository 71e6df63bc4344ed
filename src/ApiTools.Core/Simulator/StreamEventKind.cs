namespace ApiTools.Simulator;

/// <summary>What an event of a stream is for.</summary>
internal enum StreamEventKind
{
    Role,
    Text,
    Finish,
    Usage,
    Error,
    Done,
}
