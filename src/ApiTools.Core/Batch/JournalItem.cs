namespace ApiTools.Batch;

/// <summary>What a journal's reader finds on a line.</summary>
/// <param name="Entry">The entry; null where the line is damaged.</param>
/// <param name="Id">What its input is told apart by.</param>
/// <param name="Failure">What is wrong with the line; null where nothing is.</param>
internal readonly record struct JournalItem(JournalEntry? Entry, EntryId Id, ApiException? Failure);
