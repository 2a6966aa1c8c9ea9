using PendingTimer = Akka.Actor.HashedWheelTimerScheduler.PendingTimer;

namespace Akka.Actor;

/// <summary>Timers ordered by due time, then by when they were scheduled. Each knows its place, so that any can be taken out in O(log n).</summary>
internal sealed class TimerHeap
{
    private const int Arity = 4;

    private PendingTimer[] _heap = new PendingTimer[64];

    internal int Count { get; private set; }

    internal PendingTimer Earliest => Count == 0 ? null : _heap[0];

    internal void Add(PendingTimer timer)
    {
        if (Count == _heap.Length)
            Array.Resize(ref _heap, Count * 2);
        Up(Count++, timer);
    }

    /// <summary>Takes a timer out, if it is inside.</summary>
    internal void Remove(PendingTimer timer)
    {
        var index = timer.Index;
        if (index < 0)
            return;
        timer.Index = -1;
        var last = _heap[--Count];
        _heap[Count] = null;
        if (index == Count)
            return;
        if (index > 0 && last.IsBefore(_heap[(index - 1) / Arity]))
            Up(index, last);
        else
            Down(index, last);
    }

    /// <summary>Moves a timer whose due time was put off.</summary>
    internal void Later(PendingTimer timer) => Down(timer.Index, timer);

    internal void Clear()
    {
        for (var i = 0; i < Count; i++)
            _heap[i].Index = -1;
        Array.Clear(_heap, 0, Count);
        Count = 0;
    }

    private void Up(int index, PendingTimer timer)
    {
        while (index > 0)
        {
            var parent = (index - 1) / Arity;
            if (!timer.IsBefore(_heap[parent]))
                break;
            Place(index, _heap[parent]);
            index = parent;
        }

        Place(index, timer);
    }

    private void Down(int index, PendingTimer timer)
    {
        while (true)
        {
            var first = index * Arity + 1;
            if (first >= Count)
                break;
            var earliest = first;
            for (var child = first + 1; child < Math.Min(first + Arity, Count); child++)
            {
                if (_heap[child].IsBefore(_heap[earliest]))
                    earliest = child;
            }

            if (!_heap[earliest].IsBefore(timer))
                break;
            Place(index, _heap[earliest]);
            index = earliest;
        }

        Place(index, timer);
    }

    private void Place(int index, PendingTimer timer)
    {
        _heap[index] = timer;
        timer.Index = index;
    }
}
