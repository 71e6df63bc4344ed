using System.Management.Automation;
using System.Security;
using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Turns what a person gives for a key (a SecureString, a PSCredential, a string) into a SecureString.</summary>
internal static class ApiKeyArgument
{
    /// <summary>The key. The error never has the key in it.</summary>
    /// <param name="argument">What was given.</param>
    /// <param name="address">Whose key it is: the command that helps connects there, and asks for the key.</param>
    /// <exception cref="ApiException">missing_required_field for nothing, invalid_value for another type.</exception>
    public static SecureString Read(object? argument, Uri address) => Bare.Of(argument) switch
    {
        SecureString { Length: > 0 } key => key,
        PSCredential { Password.Length: > 0 } credential => credential.Password,
        string { Length: > ApiKeys.MaximumLength } text => throw ApiErrors.InvalidValue(
            "ApiKey", $"-ApiKey has {text.Length} characters, which is no key: is it a whole file?", Asking(address)),
        string { Length: > 0 } text => ApiKeys.FromText(text),
        null or SecureString or PSCredential or string => throw ApiErrors.MissingField(
            "ApiKey", "-ApiKey was given, but it is empty: is the variable or the secret that holds the key set?", Asking(address)),
        object other => throw ApiErrors.InvalidValue(
            "ApiKey", $"-ApiKey takes a SecureString, a PSCredential or a string, not a {other.GetType().Name}.", Asking(address)),
    };

    private static string Asking(Uri address) => $"Connect-ApiService -BaseUri {Text.PowerShellText.Argument(address.AbsoluteUri)}";
}
