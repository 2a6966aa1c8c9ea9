namespace Akka.Persistence;

/// <summary>The handlers of one behaviour, tried in the order they were added.</summary>
internal sealed class HandlerTable
{
    private readonly List<Func<object, bool>> _handlers = [];
    private bool _takesAll;

    public void Add<T>(Func<T, bool> handler) => Append(message => message is T typed && handler(typed));

    public void Add<T>(Action<T> handler, Predicate<T>? shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (shouldHandle is not null)
        {
            Append(message =>
            {
                if (message is not T typed || !shouldHandle(typed))
                {
                    return false;
                }

                handler(typed);
                return true;
            });
        }
        else
        {
            Append(message =>
            {
                if (message is not T typed)
                {
                    return false;
                }

                handler(typed);
                return true;
            });
            _takesAll = typeof(T) == typeof(object);
        }
    }

    public void Add(Type type, Func<object, bool> handler) => Append(message => type.IsInstanceOfType(message) && handler(message));

    public void Add(Type type, Action<object> handler, Predicate<object>? shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Append(message =>
        {
            if (!type.IsInstanceOfType(message) || (shouldHandle is not null && !shouldHandle(message)))
            {
                return false;
            }

            handler(message);
            return true;
        });
        _takesAll = type == typeof(object) && shouldHandle is null;
    }

    public bool TryHandle(object message)
    {
        foreach (var handler in _handlers)
        {
            if (handler(message))
            {
                return true;
            }
        }

        return false;
    }

    private void Append(Func<object, bool> handler)
    {
        if (_takesAll)
        {
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        }

        _handlers.Add(handler);
    }
}
