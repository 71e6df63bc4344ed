namespace ApiTools.Http;

/// <summary>Is told of each request over a connection when it has ended. Never throws: what records requests is no reason for one to fail.</summary>
internal interface IRequestObserver
{
    /// <summary>A request ended. The task may take a moment where the observer is behind; it never takes long.</summary>
    ValueTask EndedAsync(RequestRecord record);
}
