namespace ApiTools.Errors;

/// <summary>Words by which a library, or a client, says that something went wrong below HTTP.</summary>
/// <param name="Source">Whose they are.</param>
/// <param name="Words">The words, anywhere in the text.</param>
/// <param name="Fault">What they mean.</param>
internal sealed record NetworkWord(string Source, string Words, NetworkFault Fault);
