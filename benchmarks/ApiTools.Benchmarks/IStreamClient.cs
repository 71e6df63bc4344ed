namespace ApiTools.Benchmarks;

/// <summary>A way to read a streamed answer to its end.</summary>
internal interface IStreamClient : IDisposable
{
    Task ReadAsync();
}
