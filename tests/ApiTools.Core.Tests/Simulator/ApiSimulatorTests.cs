using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>The one simulator of a process. Whatever test starts it belongs to this collection, because a process has one.</summary>
[Collection(nameof(ApiSimulator))]
public sealed class ApiSimulatorTests
{
    [Fact]
    public async Task A_process_holds_one_simulator_at_a_time()
    {
        Assert.Null(ApiSimulator.Running);
        ApiException none = await Assert.ThrowsAsync<ApiSimulatorException>(ApiSimulator.StopAsync);
        Assert.Equal("simulator_not_running", none.Code);

        ApiSimulator simulator = ApiSimulator.Start(new SimulatorOptions { Models = ["a", "b"] });
        Assert.Same(simulator, ApiSimulator.Running);
        Assert.Equal($"http://127.0.0.1:{simulator.Port}/v1", simulator.BaseUri.ToString());
        Assert.Equal(["a", "b"], simulator.Models);
        Assert.Equal(3, new HashSet<string> { simulator.ApiKey, simulator.ExpiredApiKey, simulator.RevokedApiKey }.Count);
        ApiException second = Assert.Throws<ApiSimulatorException>(() => ApiSimulator.Start(new SimulatorOptions()));
        Assert.Equal("simulator_running", second.Code);
        Assert.Contains(simulator.BaseUri.ToString(), second.Message, StringComparison.Ordinal);

        using (HttpClient client = new())
        {
            using HttpResponseMessage answer = await client.GetAsync(simulator.BaseUri);
        }
        Assert.Equal(1, simulator.RequestCount);
        Assert.Single(simulator.Requests);

        await ApiSimulator.StopAsync();
        Assert.Null(ApiSimulator.Running);
        ApiSimulator.Start(new SimulatorOptions());
        ApiSimulator.Abort();
        ApiSimulator.Abort();
        Assert.Null(ApiSimulator.Running);
    }
}
