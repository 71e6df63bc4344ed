using ApiTools.Errors;
using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

/// <summary>Callers at a gate, moved by chance, beside a model of what the gate promises.</summary>
internal sealed class GateModel(ConnectionGate gate, FakeTimeProvider time, Random random)
{
    private static readonly string[] Models = ["a", "b", "c"];
    private readonly List<GatePass> _inside = [];
    private readonly List<GateWaiter> _waiting = [];
    private readonly Dictionary<string, DateTimeOffset> _until = Models.ToDictionary(model => model, _ => DateTimeOffset.MinValue);

    public int Entered { get; private set; }

    public void Step()
    {
        switch (random.Next(10))
        {
            case < 4:
                Come();
                break;
            case < 7:
                Leave();
                break;
            case 7 when _waiting.Count > 0:
                GiveUp();
                break;
            default:
                time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 500)));
                break;
        }
        LetIn();
        Assert.True(gate.Level >= 1);
        Assert.Equal(_inside.Count, gate.InFlight);
        Assert.Equal(_waiting.Count, gate.Waiting);
    }

    /// <summary>Nobody comes any more: all get in and out, and there is no deadlock.</summary>
    public void Finish()
    {
        for (int step = 0; step < 100_000 && _inside.Count + _waiting.Count > 0; step++)
        {
            if (_inside.Count > 0)
            {
                gate.Succeed(Take(_inside));
            }
            else
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }
            LetIn();
        }
    }

    private void Come()
    {
        string model = Models[random.Next(Models.Length)];
        if (gate.TryEnter(model, out GatePass pass))
        {
            Assert.DoesNotContain(_waiting, waiter => waiter.Model == model);
            Admit(pass);
        }
        else
        {
            _waiting.Add(gate.Enqueue(model));
        }
    }

    private void Leave()
    {
        if (_inside.Count == 0)
        {
            return;
        }
        GatePass pass = Take(_inside);
        TimeSpan wait = TimeSpan.FromMilliseconds(random.Next(1, 2_000));
        switch (random.Next(20))
        {
            case 0:
                gate.Fail(pass, Failure("concurrent_limit_exceeded", 429, null));
                break;
            case 1:
                gate.Fail(pass, Failure("rate_limit_exceeded", 429, wait));
                Hold(pass.Model, wait);
                break;
            case 2:
                gate.HoldUntilReset(pass.Model, wait);
                Hold(pass.Model, wait);
                gate.Succeed(pass);
                break;
            case 3:
                gate.Cancel();
                break;
            case 4:
                gate.Fail(pass, Failure("invalid_value", 400, null));
                break;
            default:
                gate.Succeed(pass);
                break;
        }
    }

    private void GiveUp() => gate.Abandon(Take(_waiting));

    // As GateEntrance does: whoever looks lets in all whose turn it is. Those of one model enter in the order in which they came.
    private void LetIn()
    {
        HashSet<string> stillWaiting = [];
        foreach (GateWaiter waiter in _waiting.ToList())
        {
            if (gate.TryEnter(waiter, out GatePass pass, out GateHold? hold))
            {
                Assert.DoesNotContain(waiter.Model, stillWaiting);
                _waiting.Remove(waiter);
                Admit(pass);
            }
            else
            {
                Assert.Equal(time.GetUtcNow() < _until[waiter.Model], hold is not null);
                stillWaiting.Add(waiter.Model);
            }
        }
    }

    private void Admit(GatePass pass)
    {
        Entered++;
        _inside.Add(pass);
        Assert.True(pass.InFlight <= gate.Level, $"{pass.InFlight} under way with {gate.Level} places");
        Assert.True(time.GetUtcNow() >= _until[pass.Model], "a hold was undercut");
    }

    private void Hold(string model, TimeSpan wait)
    {
        DateTimeOffset until = time.GetUtcNow() + wait;
        _until[model] = until > _until[model] ? until : _until[model];
    }

    private T Take<T>(List<T> list)
    {
        int index = random.Next(list.Count);
        T taken = list[index];
        list.RemoveAt(index);
        return taken;
    }

    private static ApiException Failure(string code, int status, TimeSpan? retryAfter) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = code, Status = status, Message = code, RetryAfter = retryAfter });
}
