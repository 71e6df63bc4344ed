using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Measuring;
using ApiTools.Tokens;

namespace ApiTools.Cmdlets;

/// <summary>ConvertTo-ApiToken: a text or a file as the tokens that a model reads, or as much of it as is within a number of tokens.</summary>
[Cmdlet(VerbsData.ConvertTo, "ApiToken", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(ApiToken), typeof(int[]))]
public sealed class ConvertToApiTokenCommand : ApiTokenCmdlet
{
    private const string ShowExamples = "Get-Help ConvertTo-ApiToken -Examples";

    private TokenEncoding? _encoding;

    /// <summary>Text, or a file (from Get-ChildItem), which is read.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>Only as much of the text's beginning as is at most so many tokens, in whole characters.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>Only as much of the text's end as is at most so many tokens, in whole characters.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Writes the ids alone: an array of int for each text.</summary>
    [Parameter]
    public SwitchParameter Id { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            if (First is not null && Last is not null)
            {
                throw ApiErrors.InvalidValue("Last", "-First keeps the beginning of the text, -Last its end: give one of them.", ShowExamples);
            }
            _encoding = EncodingChoice.Get(Model ?? FindDefaultModel(), Encoding);
        }
        catch (ApiException exception)
        {
            ThrowFailure(exception, exception.Param == "Model" ? Model : Encoding);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != InputObjectSet)
        {
            ProcessFiles();
        }
        else
        {
            ProcessInput(InputObject, ProcessValue);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => EndBytes(ProcessValue);

    private void ProcessValue(object? value, object? input) => WriteTokens(value is byte[] bytes
        ? Pump.Await(token => TextFile.DecodeAsync(bytes, token))
        : System.Text.Encoding.UTF8.GetBytes(TokenText.Of(value, ShowExamples)));

    private protected override void ProcessFile(string path) => WriteTokens(Pump.Await(token => TextFile.ReadAsync(path, token)));

    private TokenizedText Tokenize(byte[] utf8) => (First, Last) switch
    {
        (int first, _) => TokenizedText.First(_encoding!, utf8, first, AllowSpecial),
        (_, int last) => TokenizedText.Last(_encoding!, utf8, last, AllowSpecial),
        _ => TokenizedText.Create(_encoding!, utf8, AllowSpecial),
    };

    private void WriteTokens(byte[] utf8)
    {
        TokenizedText text = Pump.Compute(utf8.Length, _ => Tokenize(utf8));
        if (Id)
        {
            Write(text.Ids);
            return;
        }
        foreach (ApiToken token in text.Tokens())
        {
            Write(token);
        }
    }
}
