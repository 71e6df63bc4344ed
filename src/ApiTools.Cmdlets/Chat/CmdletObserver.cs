using System.Globalization;
using System.Management.Automation;
using ApiTools.Chat;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Shows a call's course on a command's streams: live text, and each wait with its reason and what is left of it.</summary>
internal sealed class CmdletObserver(PipelinePump pump, ApiCmdlet command, JobDisplay display, ChatJobOptions options) : IChatObserver
{
    public bool WantsText => options.ShowsText;

    public bool WantsChunks => false;

    /// <summary>True once live text was shown.</summary>
    public bool TextWasShown { get; private set; }

    public async ValueTask TextAsync(string text)
    {
        TextWasShown = true;
        await pump.PostAsync(() => WriteToHost(VisibleText.Block(text), newLine: false)).ConfigureAwait(false);
    }

    public ValueTask ChunkAsync(ChatCompletionChunk chunk) => default;

    public ValueTask RestartingAsync(ApiException error) => default;

    /// <summary>Ends the line of live text.</summary>
    public void EndText()
    {
        if (TextWasShown)
        {
            WriteToHost(string.Empty, newLine: true);
        }
    }

    public async ValueTask WaitingAsync(RetryWait wait, TimeSpan left)
    {
        await pump.PostAsync(() =>
        {
            if (left == wait.Wait)
            {
                command.WriteVerbose(Describe(wait));
            }
            display.Wait(this, wait, left);
        }).ConfigureAwait(false);
    }

    private static string Describe(RetryWait wait)
    {
        string asked = wait.Error.RetryAfter is null ? string.Empty : ", as the service asks";
        string length = wait.Wait.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return $"Try {wait.NextAttempt - 1} of {wait.MaximumAttempts} failed: {VisibleText.Line(wait.Error.Message)} ({wait.Error.Code}). Waiting {length} s{asked}.";
    }

    // What Write-Host does: it shows on a terminal, goes with 6>, and is no output.
    private void WriteToHost(string text, bool newLine) =>
        command.WriteInformation(new HostInformationMessage { Message = text, NoNewLine = !newLine }, ["PSHOST"]);
}
