using System.Collections;
using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>The base of cmdlets that take files by <c>-Path</c> and <c>-LiteralPath</c>, or something else from the pipeline.</summary>
public abstract class ApiInputCmdlet : ApiPathCmdlet
{
    private protected const string InputObjectSet = "InputObject";

    private readonly List<byte> _bytes = [];

    /// <summary>Files to read; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <summary>Files to read, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public override string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Takes what came in: each of several for itself, a file by <see cref="ApiPathCmdlet.ProcessFile"/>, anything else by <paramref name="processValue"/>. Its
    /// failure is written as a non-terminating error.
    /// </summary>
    /// <param name="input">What came in.</param>
    /// <param name="processValue">Is given the input without PowerShell's wrapper, and as it came in.</param>
    private protected void ProcessInput(object? input, Action<object?, object?> processValue)
    {
        object? value = Whole.Of(input);
        if (value is byte one && TakesBytes)
        {
            _bytes.Add(one);
            return;
        }
        EndBytes(processValue);
        if (value is IList list and not IDictionary && !(value is byte[] && TakesBytes))
        {
            foreach (object? item in list)
            {
                ProcessInput(item, processValue);
            }
            EndBytes(processValue);
        }
        else if (FileOf(value) is string file)
        {
            WriteFailures(file, () => ProcessFile(file));
        }
        else
        {
            WriteFailures(input, () => processValue(value, input));
        }
    }

    /// <summary>True where bytes are one input together, as an array and one by one: PowerShell takes an array apart on its way through the pipeline.</summary>
    private protected virtual bool TakesBytes => false;

    /// <summary>Takes the bytes that came one by one, where any did. At the end of the input, too.</summary>
    /// <param name="processValue">Is given them.</param>
    private protected void EndBytes(Action<object?, object?> processValue)
    {
        if (_bytes.Count > 0)
        {
            byte[] bytes = [.. _bytes];
            _bytes.Clear();
            WriteFailures(bytes, () => processValue(bytes, bytes));
        }
    }

    /// <summary>Takes a file of one request a line, a line at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="process">Is given each line; its bytes are good until it returns.</param>
    /// <param name="done">What is done with a line, for the warning where the file has grown meanwhile; null for no warning.</param>
    /// <returns>Whether there was a line.</returns>
    private protected bool ReadLines(string path, Action<RequestLine> process, string? done)
    {
        using RequestLines lines = new(path);
        bool any = false;
        while (Pump.Await(lines.ReadAsync) is IReadOnlyList<RequestLine> next)
        {
            foreach (RequestLine line in next)
            {
                process(line);
            }
            any = true;
        }
        if (lines.HasGrown && done is not null)
        {
            WriteWarning($"The file '{Shorten(path)}' has grown while it was read: the lines that were added are not {done}.");
        }
        return any;
    }

    /// <summary>The file that an object from the pipeline is; null for anything else.</summary>
    private protected static string? FileOf(object? value) => value switch
    {
        FileSystemInfo file => file.FullName,
        PathInfo path => path.ProviderPath,
        _ => null,
    };

    /// <summary>The request that a failure carries, UTF-8.</summary>
    /// <exception cref="ApiException">It carries none.</exception>
    private protected static byte[] RequestOf(object error) =>
        ErrorSighting.Own(error)?.RequestBody
        ?? throw ApiErrors.InvalidValue("InputObject", "This error carries no request: it came before there was one, or is not one of ApiTools.", "Get-Help about_ApiTools_Errors");

    /// <summary>Text that a person gives for a request, as UTF-8.</summary>
    /// <exception cref="ApiException">invalid_value: there is half a character in it, or it is the name of a file.</exception>
    private protected byte[] Encode(string text, string nextCommand) => FilePaths.IsFile(SessionState, text)
        ? throw ApiErrors.InvalidValue("InputObject", $"'{text}' is no request, but the name of a file: give it by -Path.", $"{MyInvocation.MyCommand.Name} -LiteralPath {PowerShellText.Quote(text)}")
        : RequestText.Encode(text, nextCommand);
}
