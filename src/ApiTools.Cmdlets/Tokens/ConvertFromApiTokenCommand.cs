using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Measuring;

namespace ApiTools.Cmdlets;

/// <summary>ConvertFrom-ApiToken: the text that tokens are.</summary>
[Cmdlet(VerbsData.ConvertFrom, "ApiToken")]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class ConvertFromApiTokenCommand : ApiCmdlet
{
    private const string ShowExamples = "Get-Help ConvertFrom-ApiToken -Examples";

    private TokenDecoder? _decoder;
    private object? _of;
    private string? _model;
    private bool _hasFailed;

    /// <summary>Tokens, or their ids. An array of ids is a text of its own, and so are the tokens of each text; single ids are one text together.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The model whose tokens they are. The connection's where left out, if there is a connection; ApiToken objects know their encoding.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>The encoding that they are of. The model's where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TokenEncodingCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Encoding { get; set; }

    /// <summary>Writes the bytes of the text as they are, an array of byte for each text.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _model = Model ?? ConnectionStore.Process.Find(ApiConnection.DefaultName)?.Model;
        if (Encoding is not null)
        {
            RunOrThrow(() => EncodingChoice.Find(null, Encoding), Encoding);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? value = Bare.Of(InputObject);
        if (value is not IList items)
        {
            Take(value, InputObject);
            return;
        }
        bool isOneText = items.Count == 0 || (Bare.Of(items[0]) is not ApiToken && Deserialized.Of<ApiToken>(items[0]) is null);
        if (isOneText)
        {
            Finish();
            Begin(null, null);
        }
        foreach (object? item in items)
        {
            if (Pump.Stopping.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }
            Take(Bare.Of(item), item);
        }
        if (isOneText)
        {
            Finish();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Finish();

    private void Take(object? value, object? input)
    {
        ApiToken? token = value as ApiToken;
        PSObject? thawed = Deserialized.Of<ApiToken>(input);
        // What was a token knows its text no more: the first of each has the index 0.
        object? of = thawed is null ? token?.Of : thawed.Number("Index") == 0 ? thawed : _of;
        if (_decoder is null || !ReferenceEquals(_of, of))
        {
            Finish();
            Begin(of, token?.Encoding ?? thawed?.Text("Encoding"));
        }
        try
        {
            _decoder!.Add(token?.Id ?? thawed?.Number("Id") ?? IdOf(value));
        }
        catch (ApiException exception)
        {
            // A text with a hole in it is nobody's.
            _hasFailed = true;
            WriteFailure(exception, value);
        }
    }

    private void Begin(object? of, string? encoding)
    {
        _of = of;
        _hasFailed = false;
        _decoder ??= new TokenDecoder(RunOrThrow(() => EncodingChoice.Get(_model, Encoding ?? encoding), Model));
    }

    private void Finish()
    {
        TokenDecoder? decoder = _decoder;
        _decoder = null;
        if (decoder is null || _hasFailed)
        {
            return;
        }
        if (AsByteStream)
        {
            Write(decoder.ToBytes());
            return;
        }
        string text = decoder.ToText(out bool isWhole);
        if (!isWhole)
        {
            WriteWarning("These tokens begin or end within a character: what is no whole character is U+FFFD in the text. -AsByteStream gives the bytes as they are.");
        }
        Write(text);
    }

    private static long IdOf(object? value) => value switch
    {
        int id => id,
        long or short or byte or sbyte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) => id,
        null => throw ApiErrors.MissingField("InputObject", "There is no token: the input is null.", ShowExamples),
        _ => throw ApiErrors.InvalidValue("InputObject", $"A {value.GetType().FullName} is no token's id, which is a whole number.", ShowExamples),
    };
}
