using System.Collections;
using System.Management.Automation;
using ApiTools.Chat;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Turns what a person gives for a message (a hashtable, an object, a ChatMessage, a completion, a string) into its JSON.</summary>
internal static class ChatMessages
{
    // Import-Csv and classes write Role, the API role.
    private static readonly string[] Names = ["role", "content", "name", "tool_call_id", "tool_calls", "refusal"];

    /// <summary>The message, UTF-8 JSON.</summary>
    /// <exception cref="ApiException">invalid_value: it is no message.</exception>
    public static byte[] ToUtf8(object? message)
    {
        object? value = Bare.OrCustom(message);
        return value switch
        {
            null => throw ApiErrors.InvalidValue("messages", "A message of -Message is $null; a message is @{ role = 'user'; content = '...' }.", "Get-Help Invoke-ApiChat -Parameter Message"),
            ChatMessage known => known.Utf8Json ?? ChatRequestWriter.Message(known.Role, known.Content),
            ChatCompletion completion => ChatMessageWriter.Assistant(completion),
            string text => ChatRequestWriter.Message("user", text),
            IDictionary dictionary => PSObjectJson.ToUtf8(Renamed(dictionary.Keys.Cast<object>().Select(key => new KeyValuePair<string, object?>(key.ToString()!, dictionary[key])))),
            _ => PSObjectJson.ToUtf8(Renamed(PSObject.AsPSObject(value).Properties.Select(property => new KeyValuePair<string, object?>(property.Name, ObjectProperty.Read(property))))),
        };
    }

    private static Dictionary<string, object?> Renamed(IEnumerable<KeyValuePair<string, object?>> properties)
    {
        Dictionary<string, object?> renamed = [];
        foreach (KeyValuePair<string, object?> property in properties)
        {
            renamed[Array.Find(Names, name => name.Equals(property.Key, StringComparison.OrdinalIgnoreCase)) ?? property.Key] = property.Value;
        }
        return renamed;
    }
}
