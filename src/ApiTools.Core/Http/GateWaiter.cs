namespace ApiTools.Http;

/// <summary>An attempt that waits at a connection's gate. All of it is guarded by the gate's lock.</summary>
internal sealed class GateWaiter(string model)
{
    public string Model => model;

    /// <summary>The place, once there is one.</summary>
    public GatePass? Pass { get; set; }

    /// <summary>Completes when it is worth looking again: a place was given, or the model is held back.</summary>
    public TaskCompletionSource<bool> Signal { get; set; } = NewSignal();

    public static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
