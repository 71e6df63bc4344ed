using System.Globalization;
using ApiTools.Chat;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Leads a conversation with tools to its end: the model calls them, they run, the model is told, until it answers or has called for too long.</summary>
internal sealed class ToolRounds(ApiToolCmdlet command, PipelinePump pump, ToolBox tools, int maximumRounds)
{
    // As many as a request may have tools. One answer of a few kilobytes can hold thousands of calls.
    private const int MaximumCalls = 128;

    private readonly ToolRunner _runner = new(command, tools);

    /// <summary>Sends a call, and what the tools say to it.</summary>
    /// <param name="call">The first request.</param>
    /// <param name="send">Sends one request.</param>
    /// <param name="renew">Makes the call of the next request, on the pipeline thread.</param>
    /// <param name="answered">Told on the pipeline thread of each answer with calls that the tools have dealt with: the messages to keep.</param>
    /// <returns>The answer that calls no more, or the last one where that was too many.</returns>
    public async Task<ChatCompletion> RunAsync(
        ChatCall call, Func<ChatCall, Task<ChatCompletion>> send, Func<byte[], ChatCall> renew, Action<ChatCompletion, ToolExchange> answered)
    {
        long began = TimeProvider.System.GetTimestamp();
        List<ChatToolResult> history = [];
        List<ChatUsage?> usages = [];
        try
        {
            for (int round = 1; ; round++)
            {
                ChatCompletion completion = await send(call).ConfigureAwait(false);
                usages.Add(completion.Usage);
                ChatCall? next = null;
                if (completion.ToolCalls.Count > 0)
                {
                    int current = round;
                    next = await pump.RunAsync(() => Deal(call, completion, current, history, renew, answered)).ConfigureAwait(false);
                }
                if (next is null)
                {
                    return Finish(completion, history, usages, TimeProvider.System.GetElapsedTime(began));
                }
                call = next;
            }
        }
        catch (ApiException) when (history.Exists(result => result.Confirmed))
        {
            string ran = string.Join(", ", history.Where(result => result.Confirmed).Select(result => result.Command).Distinct());
            await pump.PostAsync(() => command.WriteWarning(VisibleText.Line($"Before it failed, tools had run: {ran}."))).ConfigureAwait(false);
            throw;
        }
    }

    // Null where the answer is the last.
    private ChatCall? Deal(
        ChatCall call, ChatCompletion completion, int round, List<ChatToolResult> history, Func<byte[], ChatCall> renew, Action<ChatCompletion, ToolExchange> answered)
    {
        ToolExchange exchange = new(completion);
        bool isLast = round > maximumRounds;
        for (int i = 0; i < exchange.Calls.Count; i++)
        {
            ChatToolResult result = isLast ? Refused(exchange.Calls[i], round, $"The call was not run: tools had been called {maximumRounds} times in a row.")
                : i >= MaximumCalls ? Refused(exchange.Calls[i], round, $"The call was not run: one answer has more than {MaximumCalls} calls.")
                : _runner.Run(exchange.Calls[i], round, exchange.IsCut(i));
            history.Add(result);
            exchange.Answer(i, result.Error is null ? result.Output! : ToolOutput.Error(result, exchange.Unsent(i)));
            command.WriteVerbose(Describe(result));
        }
        answered(completion, exchange);
        if (isLast)
        {
            command.WriteWarning(string.Format(
                CultureInfo.InvariantCulture, "The model called tools {0} times in a row (-MaximumToolRound), and calls once more: its last answer is written as it is, and those calls are not run.", maximumRounds));
            return null;
        }
        return renew(exchange.Continue(call.Body));
    }

    private static ChatToolResult Refused(ChatToolCall call, int round, string why) => new(call, round) { Error = why };

    private static ChatCompletion Finish(ChatCompletion completion, List<ChatToolResult> history, List<ChatUsage?> usages, TimeSpan duration)
    {
        if (history.Count > 0)
        {
            completion.ToolHistory = history;
            completion.OwnUsage = completion.Usage;
            completion.Usage = ChatUsage.Sum(usages);
            completion.Duration = duration;
        }
        return completion;
    }

    private static string Describe(ChatToolResult result) => VisibleText.Line(string.Format(
        CultureInfo.InvariantCulture,
        "Tool call {0}, round {1}: {2}",
        VisibleText.Line(Redactor.Redact(BoundedText.Cut(result.ToString(), 300)), 400),
        result.Round,
        result.Error ?? $"ran for {result.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s."));
}
