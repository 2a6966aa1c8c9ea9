namespace ActorPlane.Api;

/// <summary>Small steps of defaulting. What has its values already comes back as the same instance: templates stay shared.</summary>
internal static class DefaultingExtensions
{
    public static ValueList<T> Each<T>(this ValueList<T> list, Func<T, T> change)
        where T : class
    {
        T[]? changed = null;
        for (var i = 0; i < list.Count; i++)
        {
            var item = change(list[i]);
            if (ReferenceEquals(item, list[i])) continue;
            changed ??= list.AsSpan().ToArray();
            changed[i] = item;
        }

        return changed is null ? list : ValueList<T>.Wrap(changed);
    }

    public static ValueMap<Quantity> RoundedUp(this ValueMap<Quantity> quantities)
    {
        var result = quantities;
        foreach (var (name, quantity) in quantities)
        {
            var rounded = quantity.RoundUpToMilli();
            if (rounded != quantity) result = result.With(name, rounded);
        }

        return result;
    }

    public static bool IsBlank(this string? text) => string.IsNullOrEmpty(text);
}
