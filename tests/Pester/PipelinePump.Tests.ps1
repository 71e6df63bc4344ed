# The pump where no cmdlet meets it by choice: a stop just when background work succeeds.
BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    Add-Type -TypeDefinition @'
using System;
using System.Threading;
using System.Threading.Tasks;

public sealed class HeldResult : IDisposable
{
    public readonly ManualResetEventSlim Disposed = new ManualResetEventSlim();

    public void Dispose() { Disposed.Set(); }

    // PowerShell lets nobody catch the exception that stops a pipeline.
    public string Await(object pump)
    {
        Action stop = (Action)Delegate.CreateDelegate(typeof(Action), pump, "Stop");
        try
        {
            pump.GetType().GetMethod("Await").MakeGenericMethod(typeof(HeldResult)).Invoke(pump, new object[] { After(stop) });
            return null;
        }
        catch (Exception exception)
        {
            return exception.GetBaseException().GetType().Name;
        }
    }

    // Succeeds only after the command was stopped.
    private Func<CancellationToken, Task<HeldResult>> After(Action stop)
    {
        return token =>
        {
            stop();
            TaskCompletionSource<HeldResult> succeeded = new TaskCompletionSource<HeldResult>();
            Timer timer = null;
            timer = new Timer(state => { timer.Dispose(); succeeded.TrySetResult(this); }, null, 100, Timeout.Infinite);
            return succeeded.Task;
        };
    }
}
'@
}

Describe 'The pump' {
    It 'disposes of what background work brings when the command was stopped meanwhile' {
        $type = [ApiTools.Cmdlets.ApiCmdlet].Assembly.GetType('ApiTools.Cmdlets.PipelinePump', $true)
        $pump = [Activator]::CreateInstance($type, $true)
        try {
            $result = [HeldResult]::new()
            $result.Await($pump) | Should -BeExactly 'PipelineStoppedException'
            $result.Disposed.Wait([timespan]::FromSeconds(10)) | Should -BeTrue
        }
        finally {
            $pump.Dispose()
        }
    }
}
