using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ApiTools.Diagnostics;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>The prices that a person gave: of a model, or of those that a pattern names.</summary>
internal sealed class PriceList
{
    private const string Help = "Get-Help Get-ApiUsage -Parameter Price";

    private readonly List<(string Name, WildcardPattern Pattern, ModelPrice Price)> _prices = [];

    /// <param name="given">Model to <c>@{ Input = 2.5; Output = 10 }</c>, or to <c>2.5, 10</c>.</param>
    /// <exception cref="ApiRequestException">invalid_value: what is given is no price.</exception>
    public PriceList(IDictionary given)
    {
        foreach (DictionaryEntry entry in given)
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            _prices.Add((name, NameFilter.Patterns([name], "Price")![0], Read(name, entry.Value)));
        }
        // The exact name first, then the pattern that says most.
        _prices.Sort((a, b) => b.Name.Length.CompareTo(a.Name.Length));
    }

    /// <summary>The price of a model; null where none was given.</summary>
    public ModelPrice? Find(string? model)
    {
        if (model is null)
        {
            return null;
        }
        foreach ((string name, _, ModelPrice price) in _prices)
        {
            if (name.Equals(model, StringComparison.OrdinalIgnoreCase))
            {
                return price;
            }
        }
        foreach ((_, WildcardPattern pattern, ModelPrice price) in _prices)
        {
            if (pattern.IsMatch(model))
            {
                return price;
            }
        }
        return null;
    }

    private static ModelPrice Read(string model, object? value)
    {
        object? price = Bare.Of(value);
        if (price is IDictionary named)
        {
            return new ModelPrice(
                Amount(model, Member(named, "Input")) ?? throw NoPrice(model),
                Amount(model, Member(named, "Output")) ?? throw NoPrice(model),
                Amount(model, Member(named, "CachedInput")));
        }
        return price is IList { Count: 2 or 3 } list
            ? new ModelPrice(Amount(model, list[0]) ?? throw NoPrice(model), Amount(model, list[1]) ?? throw NoPrice(model), list.Count > 2 ? Amount(model, list[2]) : null)
            : throw NoPrice(model);
    }

    private static object? Member(IDictionary price, string name)
    {
        foreach (DictionaryEntry entry in price)
        {
            if (string.Equals(entry.Key as string, name, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }
        }
        return null;
    }

    private static decimal? Amount(string model, object? value) =>
        value is null ? null
        : LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out decimal amount) && amount >= 0 ? amount
        : throw NoPrice(model);

    private static ApiException NoPrice(string model) => ApiErrors.InvalidValue(
        "Price", $"The price of '{model}' is none: it is @{{ Input = 2.5; Output = 10 }}, with CachedInput where that is another, each for a million tokens.", Help);
}
