using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Runs the calls of a model: looks at each, asks a person, runs the command, and says what the model is told. For the pipeline thread.</summary>
internal sealed class ToolRunner(ApiToolCmdlet command, ToolBox tools)
{
    private const int MaximumMessage = 2_000;

    // What runs is the command itself and not its name; what it gets are values by the names of its parameters. The loop is there for a break that has
    // none in the tool, which would end a loop of the caller's; the objects beyond the bound are let go while the tool runs to its end.
    private const string Script =
        "param($__ApiToolsCommand, $__ApiToolsArguments, $__ApiToolsMaximum) do { try { & $__ApiToolsCommand @__ApiToolsArguments 2>&1 | Microsoft.PowerShell.Utility\\Select-Object -First $__ApiToolsMaximum -Wait } catch { throw } } while ($false)";

    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Deals with a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="round">In which answer it is.</param>
    /// <param name="isCut">Whether it may be there in part only.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ApiToolException">tool_not_confirmed: the host cannot ask.</exception>
    public ChatToolResult Run(ChatToolCall call, int round, bool isCut)
    {
        ChatToolResult result = new(call, round);
        if (tools.Find(call.Name) is not ToolCommand tool)
        {
            result.Error = $"There is no tool '{VisibleText.Line(call.Name, 100)}'. There is {string.Join(", ", tools.Names)}.";
            return result;
        }
        result.Command = tool.DisplayName;
        if (isCut)
        {
            result.Error = "The answer was cut off in this call, and it was not run.";
        }
        else if (!ToolArguments.TryRead(call.Arguments, out JsonElement arguments, out string fault))
        {
            result.Error = fault;
        }
        else
        {
            Bind(tool, arguments, result);
        }
        return result;
    }

    private void Bind(ToolCommand tool, JsonElement arguments, ChatToolResult result)
    {
        Hashtable bound;
        try
        {
            bound = ToolArgumentBinder.Bind(tool, arguments);
        }
        catch (FormatException exception)
        {
            result.Error = exception.Message;
            return;
        }
        if (!Confirm(ToolCallText.Of(tool, arguments)))
        {
            result.Error = "The user did not allow this call, and it was not run.";
            return;
        }
        result.Confirmed = true;
        Invoke(tool, bound, result);
    }

    private bool Confirm(string call)
    {
        if (command.Force)
        {
            return true;
        }
        try
        {
            // Of what a model wants, the answer of who only presses Enter is no.
            return command.ShouldContinue($"Run what the model calls: {call}", "Run a tool", hasSecurityImpact: true, ref _yesToAll, ref _noToAll);
        }
        catch (Exception exception) when (exception is not PipelineStoppedException && !command.IsStopping)
        {
            // NonInteractive, a host without a screen, input from a file that has ended: each host says it in another way.
            throw ApiErrors.ToolNotConfirmed(call, exception);
        }
    }

    private void Invoke(ToolCommand tool, Hashtable bound, ChatToolResult result)
    {
        long began = TimeProvider.System.GetTimestamp();
        try
        {
            List<object?> output = [];
            List<string> errors = [];
            foreach (PSObject? written in command.InvokeCommand.InvokeScript(true, ScriptBlock.Create(Script), null, tool.Target, bound, ToolOutput.MaximumObjects + 1))
            {
                if (written?.BaseObject is ErrorRecord error)
                {
                    errors.Add(Message(error));
                }
                else
                {
                    output.Add(written);
                }
            }
            result.Output = errors.Count > 0 && output.Count == 0 ? null
                : ToolOutput.Write(output.Exists(ToolOutput.IsForScreen) ? [HostText.Of(output, command.InvokeCommand)] : output);
            result.Error = errors.Count == 0 ? null : Told(string.Join(" ", errors));
        }
        catch (Exception exception) when (exception is not (PipelineStoppedException or ExitException or OutOfMemoryException) && !command.IsStopping)
        {
            result.Error = exception is LoopFlowException ? "The tool ended with a break or continue that has no loop." : Told(Message((exception as IContainsErrorRecord)?.ErrorRecord, exception));
        }
        finally
        {
            result.Duration = TimeProvider.System.GetElapsedTime(began);
        }
    }

    private static string Message(ErrorRecord? error, Exception? exception = null) =>
        error?.ErrorDetails?.Message ?? (error?.Exception ?? exception)?.Message ?? "The tool failed.";

    // The message alone: where the script stands, and what it holds, is none of the model's business.
    private static string Told(string message) => VisibleText.Block(Redactor.Redact(BoundedText.Cut(message, MaximumMessage)));
}
