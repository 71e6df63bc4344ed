using System.Globalization;
using System.Management.Automation;
using System.Threading.Channels;
using ApiTools.Chat;
using ApiTools.Diagnostics;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Shows a call's course on a command's streams: live text, and each wait with its reason and what is left of it.</summary>
internal sealed class CmdletObserver(PipelinePump pump, ApiCmdlet command, JobDisplay display, ChatJobOptions options) : IChatObserver
{
    public bool WantsText => options.ShowsText;

    public bool WantsChunks => options.AsChunk;

    private bool _lineIsOpen;

    /// <summary>True once live text was shown.</summary>
    public bool TextWasShown { get; private set; }

    public async ValueTask TextAsync(string text)
    {
        TextWasShown = true;
        _lineIsOpen = text.Length == 0 ? _lineIsOpen : text[text.Length - 1] != '\n';
        await pump.PostAsync(() => WriteToHost(VisibleText.Block(text), newLine: false)).ConfigureAwait(false);
    }

    public async ValueTask ChunkAsync(ChatCompletionChunk chunk) => await pump.PostAsync(() => command.Write(chunk)).ConfigureAwait(false);

    /// <summary>Ends the line of live text.</summary>
    public void EndText()
    {
        if (_lineIsOpen)
        {
            _lineIsOpen = false;
            WriteToHost(string.Empty, newLine: true);
        }
    }

    public async ValueTask RestartingAsync(ApiException error) => await pump.PostAsync(() =>
    {
        EndText();
        command.WriteWarning($"The stream broke ({VisibleText.Line(error.Code)}), and the answer begins anew: what came of it so far is void.");
    }).ConfigureAwait(false);

    /// <summary>An answer does not match its schema, and is asked for once more: what was shown of it is void.</summary>
    public async ValueTask CorrectingAsync(ApiException error) => await pump.PostAsync(() =>
    {
        string told = $"{VisibleText.Line(error.Message)} It is asked for once more.";
        if (TextWasShown)
        {
            EndText();
            command.WriteWarning(told);
        }
        else
        {
            command.WriteVerbose(told);
        }
    }).ConfigureAwait(false);

    public async ValueTask WaitingAsync(RetryWait wait, TimeSpan left) => await pump.PostAsync(() =>
    {
        if (left == wait.Wait)
        {
            command.WriteVerbose(Describe(wait));
        }
        display.Wait(this, wait, left);
    }).ConfigureAwait(false);

    public async ValueTask EndedAsync(RequestRecord record)
    {
        try
        {
            if (options.WantsVerbose)
            {
                string told = RequestStory.Course(record);
                await pump.PostAsync(() => WriteBelow(() => command.WriteVerbose(told))).ConfigureAwait(false);
            }
            if (options.WantsDebug)
            {
                string shown = RequestStory.Exchange(record);
                await pump.PostAsync(() => WriteBelow(() => command.WriteDebug(shown))).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            // The command is stopped: nobody reads on. The answer is kept all the same.
        }
    }

    // A record begins a line of its own, and the text that is shown has ended.
    private void WriteBelow(Action write)
    {
        EndText();
        write();
    }

    private static string Describe(RetryWait wait)
    {
        string length = wait.Wait.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        if (wait.IsHeldBack)
        {
            return $"Held back for {length} s by a limit that another request met ({VisibleText.Line(wait.Error.Code)}).";
        }
        string failed = $"Try {wait.NextAttempt - 1} of {wait.MaximumAttempts} failed: {VisibleText.Line(wait.Error.Message)} ({VisibleText.Line(wait.Error.Code)}).";
        string asked = wait.Error.RetryAfter is null ? string.Empty : ", as the service asks";
        string next = wait.NextModel is string model ? $" Asking '{VisibleText.Line(model)}' next." : string.Empty;
        return wait.Wait > TimeSpan.Zero ? $"{failed} Waiting {length} s{asked}.{next}" : failed + next;
    }

    // What Write-Host does: it shows on a terminal, goes with 6>, and is no output.
    private void WriteToHost(string text, bool newLine) =>
        command.WriteInformation(new HostInformationMessage { Message = text, NoNewLine = !newLine }, ["PSHOST"]);
}
