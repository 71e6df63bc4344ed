using System.Management.Automation;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>The base of a cmdlet that offers tools to the model: which, whether they run, and how often.</summary>
public abstract class ApiToolCmdlet : ApiChatCmdlet
{
    /// <summary>Tools that the model may call: commands, their names, or hashtables with Name and Script.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ToolCompleter))]
    [ValidateNotNullOrEmpty]
    public object[]? Tool { get; set; }

    /// <summary>auto, none, required, or the tool that has to be called. The service's default, auto, where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ToolChoiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ToolChoice { get; set; }

    /// <summary>Runs the tools that the model calls, asks before each, and sends what they say. Where left out nothing runs.</summary>
    [Parameter]
    public SwitchParameter InvokeTool { get; set; }

    /// <summary>How often in a row the model may call tools before it has to answer, 10 where left out.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int MaximumToolRound { get; set; } = 10;

    /// <summary>Runs tools without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Reads the tools, and what the requests say of them.</summary>
    /// <param name="parameters">The parameters of the requests.</param>
    /// <param name="rounds">Runs the tools; null where none is to run.</param>
    /// <exception cref="ApiRequestException">invalid_value: one is no tool, or something does not go with running them.</exception>
    private protected ChatParameters ReadTools(ChatParameters parameters, out ToolRounds? rounds)
    {
        ToolBox tools = new ToolReader(this).Read(Tool ?? []);
        rounds = null;
        if (InvokeTool)
        {
            RefuseWhatDoesNotGoWithRunning();
            rounds = new ToolRounds(this, Pump, tools, MaximumToolRound);
        }
        List<KeyValuePair<string, byte[]>> members = [.. parameters.Property ?? []];
        if (tools.Count > 0)
        {
            members.Add(new("tools", ToolDefinitionWriter.Tools(tools.Definitions)));
        }
        if (ToolChoice is string choice)
        {
            members.Add(new("tool_choice", ToolDefinitionWriter.Choice(Tool is null ? choice : tools.Choose(choice))));
        }
        return members.Count == 0 ? parameters : parameters with { Property = members };
    }

    private void RefuseWhatDoesNotGoWithRunning()
    {
        if (Tool is null)
        {
            throw ToolErrors.Invalid(nameof(InvokeTool), "-InvokeTool runs the tools of -Tool, and there is none.");
        }
        if (Journal is not null)
        {
            throw ToolErrors.Invalid(nameof(Journal), "-Journal gives an answer again where it has one, and what tools did on the way to it cannot be given again: with -InvokeTool it is left out.");
        }
        if (AsChunk)
        {
            throw ToolErrors.Invalid(nameof(AsChunk), "-AsChunk writes no completion that could say which tools ran: with -InvokeTool it is left out. -Stream shows the text as it comes.");
        }
    }
}
