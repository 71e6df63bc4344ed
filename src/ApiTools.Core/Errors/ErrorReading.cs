namespace ApiTools.Errors;

/// <summary>What an answer that is an error means, and how that is known.</summary>
/// <param name="Failure">What it means.</param>
/// <param name="Facts">What its body says; empty where it is no JSON.</param>
/// <param name="Basis">By what it was recognised.</param>
/// <param name="Sentence">The sentence that decided; null where none did.</param>
internal readonly record struct ErrorReading(ApiFailure Failure, ErrorFacts Facts, ErrorBasis Basis, ServiceSentence? Sentence);
