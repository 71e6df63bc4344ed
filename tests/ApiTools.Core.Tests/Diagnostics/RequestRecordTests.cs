using ApiTools.Chat;
using ApiTools.Core.Tests.Chat;
using ApiTools.Core.Tests.Simulator;
using ApiTools.Http;
using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Diagnostics;

/// <summary>Each request is told of once, with what came of it: the calls against the simulator.</summary>
public sealed class RequestRecordTests
{
    private static readonly byte[] Body = """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}"""u8.ToArray();

    [Fact]
    public async Task Each_try_is_told_of_with_its_outcome_and_the_wait_before_it()
    {
        RecordingRecorder recorder = new();
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "internal_error", Times = 2 });
        ChatObserver observer = new();
        await SendAsync(simulator, recorder, new ChatCall { Body = Body, Model = "gpt-4o", Retry = new() { RetryInterval = TimeSpan.FromMilliseconds(20) } }, observer);
        Assert.Equal(
            [(1, ApiRequestOutcome.Retried, 500), (2, ApiRequestOutcome.Retried, 500), (3, ApiRequestOutcome.Succeeded, 200)],
            recorder.Records.Select(record => (record.End.Number, record.End.Outcome, record.Status!.Value)));
        Assert.Single(recorder.Records.Select(record => record.Call).Distinct());
        Assert.Equal(["req_sim_000001", "req_sim_000002", "req_sim_000003"], recorder.Records.Select(record => record.RequestId));
        Assert.All(recorder.Records.Skip(1), record => Assert.True(record.End.Waited > TimeSpan.FromMilliseconds(10)));
        Assert.True(recorder.Records[2].Answer!.OutputTokens > 0);
        Assert.Same(recorder.Records[2], observer.Records[2]);
    }

    [Fact]
    public async Task A_failure_that_no_retry_helps_is_failed()
    {
        RecordingRecorder recorder = new();
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "invalid_api_key", Times = -1 });
        await Assert.ThrowsAsync<ApiAuthenticationException>(() => SendAsync(simulator, recorder, new ChatCall { Body = Body, Model = "gpt-4o" }));
        RequestRecord record = Assert.Single(recorder.Records);
        Assert.Equal((1, ApiRequestOutcome.Failed, 401, "invalid_api_key"), (record.End.Number, record.End.Outcome, record.Status, record.End.Error!.Code));
        Assert.Equal(Body, record.Body);
    }

    [Fact]
    public async Task A_request_with_a_wrong_header_is_refused_and_told_of()
    {
        RecordingRecorder recorder = new();
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        ChatCall call = new() { Body = Body, Model = "gpt-4o", Headers = [new("Host", "x")] };
        await Assert.ThrowsAsync<ApiRequestException>(() => SendAsync(simulator, recorder, call));
        RequestRecord record = Assert.Single(recorder.Records);
        Assert.Equal((0, ApiRequestOutcome.Refused, "invalid_value", "gpt-4o"), (record.End.Number, record.End.Outcome, record.End.Error!.Code, record.End.Model));
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_cancelled_request_is_told_of()
    {
        RecordingRecorder recorder = new();
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Stall, Times = -1 });
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(simulator, recorder, new ChatCall { Body = Body, Model = "gpt-4o" }, cancellationToken: cancel.Token));
        RequestRecord record = Assert.Single(recorder.Records);
        Assert.Equal((1, ApiRequestOutcome.Cancelled, null), (record.End.Number, record.End.Outcome, record.Status));
    }

    [Fact]
    public async Task A_list_of_models_is_told_of()
    {
        RecordingRecorder recorder = new();
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using ApiConnection connection = Connect(simulator, recorder, SimulatorKeys.Valid);
        await new ServiceProbe(connection, TimeProvider.System).ListModelsAsync(CancellationToken.None);
        using ApiConnection other = Connect(simulator, recorder, "wrong-key");
        await Assert.ThrowsAsync<ApiAuthenticationException>(() => new ServiceProbe(other, TimeProvider.System).ListModelsAsync(CancellationToken.None));
        Assert.Equal([("list_models", ApiRequestOutcome.Succeeded), ("list_models", ApiRequestOutcome.Failed)], recorder.Records.Select(record => (record.Operation, record.End.Outcome)));
    }

    private static ApiConnection Connect(SimulatorFixture simulator, IRequestObserver recorder, string key) =>
        new(new ApiConnectionOptions { BaseUri = simulator.BaseUri.AbsoluteUri, ApiKey = ApiKeys.FromText(key), Observer = recorder });

    private static async Task SendAsync(SimulatorFixture simulator, IRequestObserver recorder, ChatCall call, ChatObserver? observer = null, CancellationToken cancellationToken = default)
    {
        using ApiConnection connection = Connect(simulator, recorder, SimulatorKeys.Valid);
        await new ChatClient(connection, TimeProvider.System).SendAsync(call, observer ?? new ChatObserver(), cancellationToken);
    }
}
