namespace ApiTools.Errors;

/// <summary>A service's own code, or type, that means the same as a documented one.</summary>
/// <param name="Dialect">Whose code it is.</param>
/// <param name="Code">What the service writes, in the place of a code, a type or a reason; compared in any case.</param>
/// <param name="Documented">The page's code for it.</param>
/// <param name="Seen">
/// Where it was seen: an issue or a pull request (<c>owner/repository#number</c>), or a page; <see cref="SeenAt.NoThread"/> for one that is known from the
/// service's reference or from use.
/// </param>
/// <param name="Under">The one status under which it means this; 0 for any.</param>
/// <param name="NotUnder">The status under which it means something else; 0 where it always means this.</param>
internal sealed record ServiceCode(string Dialect, string Code, string Documented, string Seen, int Under = 0, int NotUnder = 0)
{
    /// <summary>True where it means the documented code under that status.</summary>
    public bool AppliesUnder(int status) => (Under == 0 || Under == status) && NotUnder != status;
}
