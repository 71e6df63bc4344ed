namespace ApiTools.Simulator;

/// <summary>
/// Decides which tools an answer calls: those that the last user message asks for, a line each (<c>call NAME {json}</c>), and those that the
/// request demands.
/// </summary>
internal static class ToolCaller
{
    private const string Call = "call ";
    private const string ThenCall = "then call ";

    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The calls; none where the answer is a text.</summary>
    public static IReadOnlyList<SimulatorToolCall> Calls(ChatQuestion question)
    {
        ToolOffer offer = question.Tools;
        if (offer.Tools.Count == 0 || !question.Messages.IsModelsTurn)
        {
            return [];
        }
        List<SimulatorToolCall> calls =
            [.. AskedFor(question.Prompt ?? string.Empty, question.Messages.Rounds).Where(call => !offer.IsRestricted || offer.Tools.Any(tool => tool.Name == call.Name))];
        if (calls.Count == 0 && offer.MustCall)
        {
            calls.Add(new() { Name = offer.Tools[0].Name, Arguments = SampleArguments(offer.Tools[0]) });
        }
        return offer.IsParallel ? calls : [.. calls.Take(1)];
    }

    // The first lines with "call" are the first round's; a line with "then call" begins the next.
    private static List<SimulatorToolCall> AskedFor(string prompt, int round)
    {
        List<SimulatorToolCall> calls = [];
        int current = 0;
        bool any = false;
        foreach (string line in prompt.Split('\n').Select(line => line.Trim()))
        {
            bool begins = line.StartsWith(ThenCall, StringComparison.Ordinal);
            if (!begins && !line.StartsWith(Call, StringComparison.Ordinal))
            {
                continue;
            }
            current += begins && any ? 1 : 0;
            any = true;
            if (current == round)
            {
                calls.Add(Read(line.Substring((begins ? ThenCall : Call).Length).TrimStart()));
            }
        }
        return calls;
    }

    // As it is written: a model may call what there is not, with what is no JSON.
    private static SimulatorToolCall Read(string line)
    {
        int end = line.IndexOfAny(Blanks);
        string arguments = end < 0 ? string.Empty : line.Substring(end).Trim();
        return new() { Name = end < 0 ? line : line.Substring(0, end), Arguments = arguments.Length == 0 ? "{}" : arguments };
    }

    private static string SampleArguments(OfferedTool tool) => tool.Parameters.ValueKind == default ? "{}" : SchemaSample.Text(tool.Parameters, isWrong: false);
}
