BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
}

Describe 'Tab on the name of a model' {
    BeforeEach {
        # Takes connections, and never answers one.
        $script:silent = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $silent.Start()
        Connect-ApiService "http://127.0.0.1:$($silent.LocalEndpoint.Port)/v1" -Model gpt-4o
    }

    AfterEach {
        Get-ApiConnection | Disconnect-ApiService
        $silent.Stop()
    }

    It 'waits for no service that hangs, and asks it once: <Line>' -TestCases @(
        @{ Line = 'Invoke-ApiChat Hello -Model ' }
        @{ Line = 'Get-ApiModel ' }
        @{ Line = 'Invoke-ApiChat Hello -FallbackModel ' }
    ) {
        # The first press loads what completing takes.
        $null = TabExpansion2 'Get-ApiErrorCode -Status ' 25
        $watch = [Diagnostics.Stopwatch]::StartNew()
        foreach ($press in 1..5) { $null = TabExpansion2 $Line $Line.Length }
        # The list has 60 seconds to come, a key press a tenth of one: five of them on a machine that does other work too.
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
        # Held until all are counted: of a connection that closes without an answer .NET tries another.
        $asked = @(while ($silent.Pending()) { $silent.AcceptTcpClient() })
        $asked.Count | Should -Be 1
        $asked.Close()
    }
}

Describe 'Get-ApiModel' {
    AfterEach {
        Get-ApiConnection | Disconnect-ApiService
        Stop-ApiSimulator
    }

    It 'joins what the service offers with what is known, and leaves the rest empty' {
        Start-ApiSimulator -Model gpt-4o, nobody-knows-it
        Connect-ApiService -Simulator -Model gpt-4o
        $models = @(Get-ApiModel)
        $models.Id | Should -BeExactly gpt-4o, nobody-knows-it
        $models[0].ContextWindow | Should -Be 128000
        $models[0].Encoding | Should -BeExactly o200k_base
        $models[1].ContextWindow | Should -BeNullOrEmpty
        $models[1].MaxOutputTokens | Should -BeNullOrEmpty
        $models[1].Encoding | Should -BeNullOrEmpty
    }
}
