namespace ApiTools.Http;

/// <summary>What one read of an event stream brought.</summary>
internal enum EventStreamStep
{
    /// <summary>A whole event; it stands in <see cref="EventStreamReader.Data"/> until the next read.</summary>
    Event,

    /// <summary>A part of an event's data: the service is at work.</summary>
    Progress,

    /// <summary>Bytes that carry nothing (comments, blank lines, events without data): the connection lives, which says nothing of the answer.</summary>
    KeepAlive,

    /// <summary>The stream has ended.</summary>
    End,
}
