namespace ApiTools.Schemas;

/// <summary>Finds recursion without end: a schema that leads back to itself before it has gone into a value, and one that no finite JSON matches.</summary>
internal static class SchemaCycles
{
    // Of schemas that one value has to match through each other.
    private const int LongestChain = 64;

    /// <summary>The first fault; null where there is none.</summary>
    public static SchemaMismatch? Find(IReadOnlyList<SchemaNode> nodes) => FindChain(nodes) ?? FindEndless(nodes);

    // Layer by layer from those that lead nowhere (Kahn's order): what is left leads in a circle.
    private static SchemaMismatch? FindChain(IReadOnlyList<SchemaNode> nodes)
    {
        int[] open = [.. nodes.Select(node => node.OfSameValue.Count())];
        int[] length = new int[nodes.Count];
        List<SchemaNode>[] users = [.. nodes.Select(_ => new List<SchemaNode>())];
        foreach (SchemaNode node in nodes)
        {
            foreach (SchemaNode same in node.OfSameValue)
            {
                users[same.Id].Add(node);
            }
        }
        Queue<SchemaNode> done = new(nodes.Where(node => open[node.Id] == 0));
        int count = 0;
        while (done.Count > 0)
        {
            SchemaNode node = done.Dequeue();
            count++;
            foreach (SchemaNode user in users[node.Id])
            {
                length[user.Id] = Math.Max(length[user.Id], length[node.Id] + 1);
                if (--open[user.Id] == 0)
                {
                    done.Enqueue(user);
                }
            }
        }
        return count < nodes.Count ? new SchemaMismatch(nodes.First(node => open[node.Id] > 0).Place, "is recursive without end: its $ref or anyOf leads back to itself")
            : nodes.FirstOrDefault(node => length[node.Id] > LongestChain) is SchemaNode longest ? new SchemaMismatch(longest.Place, $"refers to a schema through more than {LongestChain} others")
            : null;
    }

    // What can be finite is found from the leaves on, until nothing more is.
    private static SchemaMismatch? FindEndless(IReadOnlyList<SchemaNode> nodes)
    {
        bool[] isFinite = new bool[nodes.Count];
        bool hasChanged = true;
        while (hasChanged)
        {
            hasChanged = false;
            // Definitions mostly stand behind what uses them.
            for (int i = nodes.Count - 1; i >= 0; i--)
            {
                if (!isFinite[i] && IsFinite(nodes[i], isFinite))
                {
                    isFinite[i] = true;
                    hasChanged = true;
                }
            }
        }
        // The schema false matches nothing, and may say so.
        return isFinite[0] || nodes[0].IsNever ? null : new SchemaMismatch(Innermost(nodes, isFinite).Place, "is recursive without end: no finite JSON matches it");
    }

    private static bool IsFinite(SchemaNode node, bool[] isFinite)
    {
        if (node.IsNever || (node.Reference is SchemaNode reference && !isFinite[reference.Id]) || node.AnyOf?.Any(choice => isFinite[choice.Id]) == false)
        {
            return false;
        }
        const SchemaTypes Containers = SchemaTypes.Object | SchemaTypes.Array;
        return (node.Types & ~Containers) != 0
            || node.Enum is not null
            || node.Const is not null
            || ((node.Types & SchemaTypes.Array) != 0 && (node.MinItems is null or 0 || node.Items is not SchemaNode items || isFinite[items.Id]))
            || ((node.Types & SchemaTypes.Object) != 0 && node.Required.All(name => node.Properties is null || !node.Properties.TryGetValue(name, out SchemaNode? property) || isFinite[property.Id]));
    }

    // One that is endless by itself says more than the root that has it in it.
    private static SchemaNode Innermost(IReadOnlyList<SchemaNode> nodes, bool[] isFinite) => nodes.Last(node => !isFinite[node.Id] && !node.IsNever);
}
