using System.Globalization;
using System.Text;

namespace ApiTools.Validation;

/// <summary>A place in a request: as the API's <c>param</c> names it (<c>messages[3].role</c>), and as a JSON Pointer (RFC 6901).</summary>
internal sealed class RequestPath
{
    private const int MaximumShownName = 100;

    private readonly RequestPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private RequestPath(RequestPath? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    /// <summary>The request itself.</summary>
    public static RequestPath Root { get; } = new(null, null, 0);

    /// <summary>Whether it is an array's item.</summary>
    public bool IsItem => _parent is not null && _name is null;

    /// <summary>The place in the API's words, safe to show; null for the request itself.</summary>
    public string? Param
    {
        get
        {
            if (_parent is null)
            {
                return null;
            }
            StringBuilder text = new();
            AppendParam(text);
            return text.ToString();
        }
    }

    /// <summary>The place as a JSON Pointer; empty for the request itself.</summary>
    public string Pointer
    {
        get
        {
            StringBuilder text = new();
            AppendPointer(text);
            return text.ToString();
        }
    }

    /// <summary>The member of an object.</summary>
    public RequestPath Member(string name) => new(this, name, 0);

    /// <summary>The item of an array.</summary>
    public RequestPath Item(int index) => new(this, null, index);

    /// <summary>The place as it is named in a member of the request; null where it is not in there.</summary>
    public RequestPath? Below(string member)
    {
        if (_parent is null)
        {
            return null;
        }
        RequestPath? above = _parent._parent is null ? null : _parent._parent._parent is null && _parent._name == member ? Root : _parent.Below(member);
        return above is null ? null : _name is null ? above.Item(_index) : above.Member(_name);
    }

    /// <summary>The place in words that can begin a sentence.</summary>
    public override string ToString() => Param ?? "The request";

    private void AppendParam(StringBuilder text)
    {
        if (_parent is null)
        {
            return;
        }
        _parent.AppendParam(text);
        if (_name is null)
        {
            text.Append('[').Append(_index.ToString(CultureInfo.InvariantCulture)).Append(']');
        }
        else if (IsPlain(_name))
        {
            text.Append(text.Length > 0 ? "." : string.Empty).Append(_name);
        }
        else
        {
            text.Append("['").Append(Text.VisibleText.Line(_name, MaximumShownName)).Append("']");
        }
    }

    private void AppendPointer(StringBuilder text)
    {
        if (_parent is null)
        {
            return;
        }
        _parent.AppendPointer(text);
        text.Append('/').Append(_name is null
            ? _index.ToString(CultureInfo.InvariantCulture)
            : _name.Replace("~", "~0").Replace("/", "~1"));
    }

    private static bool IsPlain(string name) => name.Length is > 0 and <= MaximumShownName && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$');
}
