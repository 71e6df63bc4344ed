using System.Globalization;
using System.Text;
using ApiTools.Errors;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Errors;

/// <summary>The table of every shape, and that no rule is without a row in it.</summary>
public sealed class ErrorShapeTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static TheoryData<int, string> Rows { get; } = Numbered();

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_shape_becomes_what_the_table_says(int row, string name)
    {
        ErrorShape shape = ErrorShape.All[row];

        // The end of the message is written only where it is the point.
        string told = Tell(shape, withMessage: shape.Expected.Contains(" message=", StringComparison.Ordinal));

        Assert.Equal(name, shape.ToString());
        string expected = shape.Expected;
        int message = expected.IndexOf(" message=", StringComparison.Ordinal);
        Assert.StartsWith(message < 0 ? expected : expected[..message], told, StringComparison.Ordinal);
        Assert.True(message < 0 ? told == expected : told.EndsWith(expected[(message + 9)..], StringComparison.Ordinal), told);
    }

    [Fact]
    public void Each_code_of_a_service_means_its_documented_code_wherever_it_stands()
    {
        Assert.All(ServiceCodes.All, known =>
        {
            int status = known.Under != 0 ? known.Under : ApiErrorCatalog.Find(known.Documented)!.Status!.Value;
            foreach (string name in new[] { "code", "type" })
            {
                string body = $$$"""{"error":{"message":"m","{{{name}}}":"{{{known.Code}}}"}}""";
                Assert.Equal((known.Documented, known.Dialect), (Read(status, body).Code, known.Dialect));
            }
            if (known.NotUnder != 0)
            {
                Assert.NotEqual(known.Documented, Read(known.NotUnder, $$$"""{"error":{"message":"m","code":"{{{known.Code}}}"}}""").Code);
            }
        });
    }

    [Fact]
    public void Each_sentence_has_a_row_that_it_decides_and_no_other_form_of_body_believes_it()
    {
        Assert.All(ServiceSentences.All, sentence =>
        {
            ErrorShape? decided = ErrorShape.All.FirstOrDefault(shape => Examine(shape).Sentence == sentence);
            Assert.True(decided is not null, $"No row for {sentence.Dialect}: {sentence.Begins.Text}");
            string code = Examine(decided).Failure.Code;
            string message = Examine(decided).Facts.Message!;
            if ((sentence.Forms & ErrorForms.Detail) == 0)
            {
                Assert.NotEqual((code, true), (ApiErrorReader.Read(decided.Status, Json("detail", message), null).Code, sentence.Documented is not null));
            }
            // Nor is it believed in the middle.
            Assert.Null(ServiceSentences.Find("You wrote: " + message, decided.Status, ErrorForms.Any));
        });
    }

    [Fact]
    public void Each_sentence_with_numbers_has_a_row()
    {
        Assert.All(ContextSentences.All.Concat(LimitSentences.All), sentence =>
            Assert.True(ErrorShape.All.Any(shape => sentence.Pattern.TryFind(Examine(shape).Failure.Message, out _)), sentence.Pattern.Text));
    }

    [Fact]
    public void Each_family_of_headers_each_maker_of_pages_and_each_wrapper_has_a_row()
    {
        Assert.All(LimitHeaderTable.All, family =>
            Assert.True(family.Kind is null || ErrorShape.All.Any(shape => shape.Headers.Any(header => header.Key.Equals(family.Remaining, StringComparison.OrdinalIgnoreCase))), family.Remaining));
        Assert.All(PageMakers.All, maker =>
            Assert.True(ErrorShape.All.Any(shape => PageMakers.Find(shape.Body, new AnswerHeaders(shape.Headers)) == maker), maker.Name));
        Assert.All(ErrorWrappers.All, wrapper =>
            Assert.True(ErrorShape.All.Any(shape => shape.Body.Contains(wrapper.Begins, StringComparison.Ordinal)), wrapper.Begins));
    }

    [Fact]
    public void Each_rule_says_where_it_was_seen_or_that_no_public_thread_shows_it() => Assert.All(
        ServiceCodes.All.Select(known => known.Seen)
            .Concat(ServiceSentences.All.Select(sentence => sentence.Seen))
            .Concat(ContextSentences.All.Concat(LimitSentences.All).Select(sentence => sentence.Seen))
            .Concat(ErrorDialects.All.Select(dialect => dialect.Seen))
            .Concat(ErrorShape.All.Select(shape => shape.ToString().Split(" | ")[1])),
        seen => Assert.Matches(@"[\w-]#\d| PR \d|\w\.\w+|\ARFC 9457\z|\Adraft-ietf-|\Athe simulator\z|\Ano public thread\z", seen));

    [Fact]
    public void No_row_of_the_table_stands_twice() =>
        Assert.Equal(ErrorShape.All.Count, ErrorShape.All.Select(shape => (shape.Status, shape.Body, string.Join(';', shape.Headers))).Distinct().Count());

    private static string Tell(ErrorShape shape, bool withMessage)
    {
        ErrorReading reading = Examine(shape);
        ApiException error = ApiExceptionFactory.Create(reading.Failure);
        StringBuilder told = new();
        string kind = error.GetType().Name["Api".Length..^"Exception".Length];
        told.Append(FormattableString.Invariant($"{error.Code} {kind} {error.Retry} {reading.Basis}"));
        Add("param", error.Param);
        Add("wait", error.RetryAfter?.Seconds().ToString(CultureInfo.InvariantCulture));
        Add("limit", (error as ApiLimitException)?.Limit is ApiLimitDetail limit
            ? FormattableString.Invariant($"{limit.Kind}/{limit.Window?.Seconds()}:{limit.Limit},{limit.Used},{limit.Requested}")
            : null);
        Add("context", error.Context is ContextLength context
            ? FormattableString.Invariant($"{context.Maximum},{context.Requested},{context.Messages},{context.Completion}")
            : null);
        Add("id", error.RequestId);
        Add("ray", error.RayId);
        Add("message", withMessage ? error.Message : null);
        return told.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                told.Append(' ').Append(name).Append('=').Append(value);
            }
        }
    }

    private static ErrorReading Examine(ErrorShape shape) =>
        ApiErrorReader.Examine(shape.Status, Encoding.UTF8.GetBytes(shape.Body), shape.ContentType, new AnswerHeaders(shape.Headers), Time, null);

    private static ApiFailure Read(int status, string body) => ApiErrorReader.Read(status, Encoding.UTF8.GetBytes(body), "application/json");

    private static byte[] Json(string name, string message) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [name] = message });

    private static TheoryData<int, string> Numbered()
    {
        TheoryData<int, string> rows = [];
        for (int i = 0; i < ErrorShape.All.Count; i++)
        {
            rows.Add(i, ErrorShape.All[i].ToString());
        }
        return rows;
    }
}
