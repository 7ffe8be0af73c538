// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawclient.h"

#include <QTest>

namespace diptych {

QList<QByteArray> RawAnswer::events() const
{
    QList<QByteArray> found;
    qsizetype from = 0;
    for (qsizetype end = body.indexOf("\n\n"); end >= 0; end = body.indexOf("\n\n", from)) {
        found.push_back(body.mid(from, end - from).mid(QByteArrayView("data: ").size()));
        from = end + 2;
    }
    return found;
}

RawClient::RawClient(quint16 port)
    : m_port(port)
{
    m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    m_socket.waitForConnected();
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

void RawClient::request(
    const QByteArray &method, const QByteArray &target, const QByteArray &body, const QByteArray &headerLines)
{
    QByteArray bytes =
        method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n" + headerLines;
    if (!body.isEmpty())
        bytes += "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    send(bytes + "\r\n" + body);
}

RawAnswer RawClient::answer()
{
    RawAnswer answer;
    qsizetype used = 0;
    (void)QTest::qWaitFor(
        [&] {
            m_input += m_socket.readAll();
            used = parse(answer);
            return answer.isComplete || m_socket.state() == QAbstractSocket::UnconnectedState;
        },
        10'000);
    if (answer.isComplete)
        m_input.remove(0, used);
    return answer;
}

RawAnswer RawClient::partialAnswer()
{
    m_input += m_socket.readAll();
    RawAnswer answer;
    parse(answer);
    return answer;
}

bool RawClient::waitForClose()
{
    return QTest::qWaitFor([this] {
        m_input += m_socket.readAll();
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    });
}

qsizetype RawClient::parse(RawAnswer &answer) const
{
    answer = {};
    const qsizetype headEnd = m_input.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return 0;
    const QList<QByteArray> lines = m_input.left(headEnd).split('\n');
    answer.status = lines.front().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        answer.headers.push_back({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    qsizetype at = headEnd + 4;
    if (answer.header("Transfer-Encoding") != "chunked") {
        const bool untilClose = answer.status == 200 && answer.header("Content-Length").isEmpty();
        const qsizetype length = untilClose ? m_input.size() - at : answer.header("Content-Length").toLongLong();
        answer.body = m_input.mid(at, length);
        answer.isComplete =
            answer.body.size() == length && (!untilClose || m_socket.state() == QAbstractSocket::UnconnectedState);
        return at + length;
    }
    while (true) {
        const qsizetype lineEnd = m_input.indexOf("\r\n", at);
        if (lineEnd < 0)
            return at;
        const qsizetype size = m_input.mid(at, lineEnd - at).toLongLong(nullptr, 16);
        if (m_input.size() < lineEnd + 2 + size + 2)
            return at;
        answer.body += m_input.mid(lineEnd + 2, size);
        at = lineEnd + 2 + size + 2;
        if (size == 0) {
            answer.isComplete = true;
            return at;
        }
    }
}

} // namespace diptych
