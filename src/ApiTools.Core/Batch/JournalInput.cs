namespace ApiTools.Batch;

/// <summary>One input of a job, as its journal knows it.</summary>
/// <param name="Key">The name in the journal, its lines' custom_id: the key, the JSONL line's own custom_id, or one made of the content.</param>
/// <param name="Request">The SHA-256 of the request's canonical form, hexadecimal.</param>
/// <param name="Occurrence">Which of the inputs with this content it is, from 1; null where it is told apart by its key.</param>
/// <param name="Id">What it is told apart by.</param>
internal sealed record JournalInput(string Key, string Request, int? Occurrence, EntryId Id);
