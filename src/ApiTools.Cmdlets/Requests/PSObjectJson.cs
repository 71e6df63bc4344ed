namespace ApiTools.Cmdlets;
internal static class PSObjectJson { public static byte[] ToUtf8(object? v) => throw new InvalidOperationException(v?.ToString()); }
