using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

// Which named factories of errors the code of a type can reach, by the calls that stand in its IL: those of its methods, of the methods that
// these call, and so on, within the assemblies that are given. A call of an interface or of a virtual method may reach any that implements it.
public sealed class ErrorPaths
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)).ToDictionary(code => code.Value);
    private readonly HashSet<Assembly> _assemblies;
    private readonly List<Type> _types;
    private readonly Dictionary<MethodBase, List<MethodBase>> _calls = new Dictionary<MethodBase, List<MethodBase>>();
    private readonly Dictionary<MethodBase, List<string>> _texts = new Dictionary<MethodBase, List<string>>();
    private readonly Dictionary<string, List<MethodInfo>> _byName;

    public ErrorPaths(Assembly[] assemblies)
    {
        _assemblies = new HashSet<Assembly>(assemblies);
        _types = assemblies.SelectMany(assembly => assembly.GetTypes()).ToList();
        _byName = _types.SelectMany(type => type.GetMethods(Any)).Where(method => method.IsVirtual).GroupBy(Name).ToDictionary(group => group.Key, group => group.ToList());
    }

    // The texts of the factories that a type can reach, each with the way to it. A factory is a method of a type whose name ends with "Errors".
    public Dictionary<string, string> Reach(Type start)
    {
        Dictionary<MethodBase, MethodBase> seen = new Dictionary<MethodBase, MethodBase>();
        Queue<KeyValuePair<MethodBase, MethodBase>> queue = new Queue<KeyValuePair<MethodBase, MethodBase>>();
        for (Type type = start; type != null && _assemblies.Contains(type.Assembly); type = type.BaseType)
        {
            foreach (MethodBase method in Methods(type).Where(method => method.IsVirtual || method.Name.StartsWith("set_"))) { queue.Enqueue(new KeyValuePair<MethodBase, MethodBase>(method, null)); }
        }
        Dictionary<string, string> texts = new Dictionary<string, string>();
        while (queue.Count > 0)
        {
            KeyValuePair<MethodBase, MethodBase> next = queue.Dequeue();
            MethodBase method = Definition(next.Key);
            if (seen.ContainsKey(method)) { continue; }
            seen.Add(method, next.Value);
            if (method.DeclaringType.Name.EndsWith("Errors")) { foreach (string text in Texts(method).Where(text => !texts.ContainsKey(text))) { texts.Add(text, Way(method, seen)); } }
            foreach (MethodBase called in Calls(method).SelectMany(called => Targets(called, start))) { queue.Enqueue(new KeyValuePair<MethodBase, MethodBase>(called, method)); }
        }
        return texts;
    }

    private static string Way(MethodBase end, Dictionary<MethodBase, MethodBase> from)
    {
        List<string> names = new List<string>();
        for (MethodBase method = end; method != null; method = from[method]) { names.Insert(0, method.DeclaringType.Name + "." + method.Name); }
        return string.Join(" > ", names);
    }

    private static IEnumerable<MethodBase> Methods(Type type) { return type.GetMethods(Any).Cast<MethodBase>().Concat(type.GetConstructors(Any)); }

    private static string Name(MethodBase method) { return method.Name.Substring(method.Name.LastIndexOf('.') + 1) + "/" + method.GetParameters().Length; }

    private static MethodBase Definition(MethodBase method)
    {
        MethodInfo info = method as MethodInfo;
        if (info != null && info.IsGenericMethod) { method = info.GetGenericMethodDefinition(); }
        Type type = method.DeclaringType;
        return type != null && type.IsGenericType && !type.IsGenericTypeDefinition ? MethodBase.GetMethodFromHandle(method.MethodHandle, type.GetGenericTypeDefinition().TypeHandle) : method;
    }

    // A virtual method of the type itself is the one that runs where it is called on itself.
    private IEnumerable<MethodBase> Targets(MethodBase called, Type start)
    {
        if (called.DeclaringType == null) { yield break; }
        if (_assemblies.Contains(called.DeclaringType.Assembly)) { yield return called; }
        List<MethodInfo> found;
        if (!called.IsVirtual || !_byName.TryGetValue(Name(called), out found)) { yield break; }
        if (!_assemblies.Contains(called.DeclaringType.Assembly)) { yield break; }
        foreach (MethodInfo method in found)
        {
            bool isOther = typeof(System.Management.Automation.Cmdlet).IsAssignableFrom(method.DeclaringType) && !method.DeclaringType.IsAssignableFrom(start);
            if (!isOther && Implements(method.DeclaringType, Open(called.DeclaringType))) { yield return method; }
        }
    }

    private static Type Open(Type type) { return type.IsGenericType ? type.GetGenericTypeDefinition() : type; }

    private static bool Implements(Type type, Type wanted)
    {
        if (type.GetInterfaces().Select(Open).Contains(wanted)) { return true; }
        for (Type one = type; one != null; one = one.BaseType) { if (Open(one) == wanted) { return true; } }
        return false;
    }

    private IEnumerable<string> Texts(MethodBase method) { Read(method); return _texts[method]; }

    private IEnumerable<MethodBase> Calls(MethodBase method) { Read(method); return _calls[method]; }

    private void Read(MethodBase method)
    {
        if (_calls.ContainsKey(method)) { return; }
        List<MethodBase> calls = _calls[method] = new List<MethodBase>();
        List<string> texts = _texts[method] = new List<string>();
        StateMachineAttribute machine = method.GetCustomAttribute<StateMachineAttribute>();
        if (machine != null) { calls.AddRange(machine.StateMachineType.GetMethods(Any).Where(one => one.Name.EndsWith("MoveNext"))); }
        MethodBody body = method.GetMethodBody();
        if (body == null) { return; }
        byte[] il = body.GetILAsByteArray();
        Type[] ofType = method.DeclaringType.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xfe) { value = (short)(0xfe00 | il[at++]); }
            OpCode code = Codes[value];
            int size = Size(code.OperandType, il, at);
            if (code.OperandType == OperandType.InlineString) { texts.Add(method.Module.ResolveString(BitConverter.ToInt32(il, at))); }
            if (code.OperandType == OperandType.InlineMethod || code.OperandType == OperandType.InlineTok)
            {
                MethodBase called = method.Module.ResolveMember(BitConverter.ToInt32(il, at), ofType, ofMethod) as MethodBase;
                if (called != null) { calls.Add(called); }
            }
            at += size;
        }
    }

    private static int Size(OperandType type, byte[] il, int at)
    {
        switch (type)
        {
            case OperandType.InlineNone: return 0;
            case OperandType.ShortInlineBrTarget: case OperandType.ShortInlineI: case OperandType.ShortInlineVar: return 1;
            case OperandType.InlineVar: return 2;
            case OperandType.InlineI8: case OperandType.InlineR: return 8;
            case OperandType.InlineSwitch: return 4 + 4 * BitConverter.ToInt32(il, at);
            default: return 4;
        }
    }
}
