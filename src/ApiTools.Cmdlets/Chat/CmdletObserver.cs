using System.Globalization;
using System.Management.Automation;
using ApiTools.Chat;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Shows a call's course on a command's streams: live text, and each wait with its reason and what is left of it.</summary>
internal sealed class CmdletObserver(PipelinePump pump, Cmdlet cmdlet, bool showText) : IChatObserver
{
    private const int WaitActivity = 1;

    public bool WantsText => showText;

    /// <summary>True once live text was shown.</summary>
    public bool TextWasShown { get; private set; }

    public async ValueTask TextAsync(string text)
    {
        TextWasShown = true;
        await pump.PostAsync(() => WriteToHost(VisibleText.Block(text), newLine: false)).ConfigureAwait(false);
    }

    /// <summary>Ends the line of live text.</summary>
    public void EndText()
    {
        if (TextWasShown)
        {
            WriteToHost(string.Empty, newLine: true);
        }
    }

    public ValueTask RestartingAsync(ApiException error) => default;

    public async ValueTask WaitingAsync(RetryWait wait, TimeSpan left)
    {
        string seconds = Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await pump.PostAsync(() =>
        {
            if (left == wait.Wait)
            {
                string asked = wait.Error.RetryAfter is null ? string.Empty : ", as the service asks";
                string length = wait.Wait.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
                cmdlet.WriteVerbose(
                    $"Try {wait.NextAttempt - 1} of {wait.MaximumAttempts} failed: {VisibleText.Line(wait.Error.Message)} ({wait.Error.Code}). Waiting {length} s{asked}.");
            }
            cmdlet.WriteProgress(new ProgressRecord(WaitActivity, "Waiting to try again", $"{wait.Error.Code}: try {wait.NextAttempt} of {wait.MaximumAttempts} in {seconds} s")
            {
                SecondsRemaining = (int)Math.Ceiling(left.TotalSeconds),
                RecordType = left > TimeSpan.Zero ? ProgressRecordType.Processing : ProgressRecordType.Completed,
            });
        }).ConfigureAwait(false);
    }

    // What Write-Host does: it shows on a terminal, goes with 6>, and is no output.
    private void WriteToHost(string text, bool newLine) =>
        cmdlet.WriteInformation(new HostInformationMessage { Message = text, NoNewLine = !newLine }, ["PSHOST"]);
}
