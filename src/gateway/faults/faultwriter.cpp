// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/faults/faultwriter.h"

#include <QJsonDocument>

#include <algorithm>

namespace diptych {

namespace {

/// How often a slow answer goes on: often enough to look smooth, and seldom enough for a byte to be due each time.
std::chrono::milliseconds tickOf(int bytesPerSecond)
{
    constexpr int smooth = 20;
    constexpr int second = 1000;
    return std::chrono::milliseconds(std::max(smooth, second / bytesPerSecond));
}

/// The frame around a piece of a stream: what stands before its JSON, and after.
struct Framed {
    QByteArray before {};
    QByteArray json {};
    QByteArray after {};
};

Framed takeApart(const QByteArray &bytes)
{
    const qsizetype begin = bytes.indexOf('{');
    const qsizetype end = bytes.lastIndexOf('}');
    if (begin < 0 || end < begin)
        return {.before = bytes};
    return {.before = bytes.left(begin), .json = bytes.mid(begin, end - begin + 1), .after = bytes.mid(end + 1)};
}

/// The lists and objects of an answer become numbers.
QByteArray ofWrongType(const QByteArray &json)
{
    QJsonObject object = QJsonDocument::fromJson(json).object();
    const QStringList names = object.keys();
    for (const QString &name : names) {
        if (object.value(name).isArray() || object.value(name).isObject())
            object.insert(name, 42);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

FaultWriter::FaultWriter(const Fault &fault, AnswerWriter &next)
    : AnswerRelay(next)
    , m_fault(fault)
{
    m_timer.callOnTimeout(&m_timer, [this] { runSteps(); });
    if (fault.kind == Fault::Kind::Delay) {
        m_timer.setSingleShot(true);
        m_timer.start(fault.delay);
    } else {
        m_timer.setInterval(tickOf(fault.bytesPerSecond));
    }
}

void FaultWriter::now(std::function<void()> step)
{
    if (m_isOver)
        return;
    if (m_timer.isActive() || !m_steps.empty())
        m_steps.push_back(std::move(step));
    else
        step();
}

void FaultWriter::runSteps()
{
    const bool isSlow = m_fault.kind == Fault::Kind::Slow;
    do {
        if (m_steps.empty()) {
            m_timer.stop();
            return;
        }
        const std::function<void()> step = std::move(m_steps.front());
        m_steps.pop_front();
        step();
    } while (!isSlow && !m_isOver);
}

void FaultWriter::answer(int status, const HeaderList &headers, const QByteArray &body)
{
    m_hasBegun = true;
    now([this, status, headers, body] { spoilWhole(status, headers, body); });
}

void FaultWriter::spoilWhole(int status, const HeaderList &headers, const QByteArray &body)
{
    constexpr int firstError = 400;
    if (status >= firstError) { // the faults are those of good answers
        next().answer(status, headers, body);
        return;
    }
    switch (m_fault.kind) {
    case Fault::Kind::Stall:
        m_isOver = true;
        break;
    case Fault::Kind::Cut:
        m_isOver = true;
        beginAsStream(headers);
        next().write(body.left(body.size() / 2));
        next().cut();
        break;
    case Fault::Kind::Malformed:
        next().answer(status, headers, body.left(body.size() / 2));
        break;
    case Fault::Kind::WrongType:
        next().answer(status, headers, ofWrongType(body));
        break;
    case Fault::Kind::Slow:
        beginAsStream(headers);
        trickle(body);
        now([this] { next().endStream(); });
        break;
    default:
        next().answer(status, headers, body);
        break;
    }
}

void FaultWriter::beginAsStream(const HeaderList &headers)
{
    next().beginStream("application/json", headersWithout(headers, "Content-Type")); // a stream names its type itself
}

void FaultWriter::beginStream(const QByteArray &contentType, const HeaderList &headers)
{
    m_hasBegun = true;
    now([this, contentType, headers] { next().beginStream(contentType, headers); });
}

void FaultWriter::write(const QByteArray &bytes)
{
    if (m_fault.kind == Fault::Kind::Slow)
        trickle(bytes);
    else
        now([this, bytes] { writeSpoilt(bytes); });
}

void FaultWriter::writeSpoilt(const QByteArray &bytes)
{
    const bool isTime = m_pieces++ == m_fault.after;
    if (!isTime || m_fault.kind == Fault::Kind::Delay) {
        next().write(bytes);
        return;
    }
    const Framed framed = takeApart(bytes);
    switch (m_fault.kind) {
    case Fault::Kind::Stall:
        m_isOver = true;
        break;
    case Fault::Kind::Cut:
        m_isOver = true;
        next().write(bytes.left(bytes.size() / 2));
        next().cut();
        break;
    case Fault::Kind::Malformed:
        next().write(framed.before + framed.json.left(framed.json.size() / 2) + framed.after);
        break;
    default:
        next().write(framed.before + ofWrongType(framed.json) + framed.after);
        break;
    }
}

void FaultWriter::trickle(const QByteArray &bytes)
{
    constexpr qint64 second = 1000; // milliseconds
    const qint64 due = m_fault.bytesPerSecond * tickOf(m_fault.bytesPerSecond).count() / second;
    const auto each = static_cast<qsizetype>(std::max<qint64>(1, due));
    for (qsizetype at = 0; at < bytes.size(); at += each)
        m_steps.push_back([this, piece = bytes.mid(at, each)] { next().write(piece); });
    if (!m_timer.isActive())
        m_timer.start();
}

void FaultWriter::endStream(bool close)
{
    now([this, close] {
        // The stream was shorter than the place where it was to break.
        if (m_fault.kind == Fault::Kind::Cut)
            next().cut();
        else if (m_fault.kind != Fault::Kind::Stall)
            next().endStream(close);
    });
}

void FaultWriter::cut()
{
    now([this] { next().cut(); });
}

} // namespace diptych
