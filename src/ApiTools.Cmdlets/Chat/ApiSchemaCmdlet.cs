using System.Management.Automation;
using System.Text;
using ApiTools.Chat;
using ApiTools.Errors;
using ApiTools.Schemas;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>The base of a cmdlet whose answers may have to match a schema.</summary>
public abstract class ApiSchemaCmdlet : ApiCallCmdlet
{
    /// <summary>The JSON Schema that answers have to match: JSON text, the path of a file, a hashtable or an object. They come as objects in Parsed.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(JsonFileCompleter))]
    public object? Schema { get; set; }

    /// <summary>How the service is told the schema. As a strict one where left out.</summary>
    [Parameter]
    public ChatSchemaMode SchemaMode { get; set; }

    /// <summary>The schema's name in the request. Its title where left out, or answer.</summary>
    [Parameter]
    public string? SchemaName { get; set; }

    /// <summary>Asks once more where an answer does not match the schema, and tells the model what was wrong.</summary>
    [Parameter]
    public SwitchParameter RetryInvalid { get; set; }

    /// <summary>What answers have to match; null where they may be anything.</summary>
    private protected AnswerSchema? AnswerSchema { get; private set; }

    /// <summary>Reads the schema.</summary>
    /// <exception cref="ApiException">invalid_value: it is none, or parameters do not go together; file_not_found, file_unreadable.</exception>
    private protected void ReadSchema()
    {
        if (Schema is null)
        {
            RefuseWithoutSchema();
            return;
        }
        if (RetryInvalid && AsChunk)
        {
            throw Invalid(nameof(RetryInvalid), "-AsChunk gives out what comes, and cannot take it back: leave out -RetryInvalid, or -AsChunk.");
        }
        JsonSchema schema = JsonSchema.Read(ReadSchemaText(Schema), isStrict: SchemaMode == ChatSchemaMode.Strict && !SkipRequestValidation);
        AnswerSchema = new AnswerSchema(schema, AnswerSchema.NameOf(schema, SchemaName), SchemaMode);
    }

    private void RefuseWithoutSchema()
    {
        foreach (string parameter in new[] { nameof(SchemaMode), nameof(SchemaName), nameof(RetryInvalid) })
        {
            if (MyInvocation.BoundParameters.ContainsKey(parameter))
            {
                throw Invalid(parameter, $"-{parameter} is about a schema, and there is none: give -Schema.");
            }
        }
    }

    private byte[] ReadSchemaText(object given)
    {
        object value = Bare.OrCustom(given)!;
        return value switch
        {
            // A file's name may begin with a brace too; -Schema (Get-Item ...) names it.
            string text when IsJson(text) => Encoding.UTF8.GetBytes(text),
            string path => ReadFile(FilePaths.Full(SessionState, path)),
            FileInfo file => ReadFile(file.FullName),
            _ => PSObjectJson.ToUtf8(value, RequestPath.Root.Member("Schema")),
        };
    }

    private byte[] ReadFile(string file) => Pump.Await(async token =>
    {
        using FileStream stream = await InputFile.OpenAsync(file, token).ConfigureAwait(false);
        if (stream.CanSeek && stream.Length > JsonSchema.MaximumBytes)
        {
            throw ApiErrors.FileUnreadable(file, $"a schema in it is larger than {JsonSchema.MaximumBytes >> 10} kB, which is more than any service takes.");
        }
        return await InputFile.ReadAsync(stream, file, token).ConfigureAwait(false);
    });

    private static bool IsJson(string text) => text.TrimStart('\ufeff', ' ', '\t', '\r', '\n') is var start && (start.Length == 0 || start[0] is '{' or '[' or '"' || start is "true" or "false");

    private static ApiException Invalid(string parameter, string message) => ApiErrors.InvalidValue(parameter, message, $"Get-Help Invoke-ApiChat -Parameter {parameter}");
}
