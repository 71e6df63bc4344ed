namespace ApiTools.Validation;

/// <summary>A line of a file of requests.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Json">Its bytes without the line feed, good until the next lines are read; nothing where it is too long.</param>
/// <param name="IsTooLong">Whether it is longer than a request may be, and was passed over.</param>
internal readonly record struct RequestLine(int Number, ReadOnlyMemory<byte> Json, bool IsTooLong = false);
